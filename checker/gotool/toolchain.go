// Package gotool knows the Go command: which one there is, and the command
// lines that build a workspace. The argument lists are pure functions.
package gotool

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"racelab/checker/sandbox"
)

// MinGo is the oldest Go version that can build a workspace.
const MinGo = "go1.26"

// A Toolchain is the Go installation that builds submissions.
type Toolchain struct {
	Go         string // path of the go command
	Version    string // "go1.26.8"
	OS, Arch   string
	CC         string // path of the C compiler that -race needs, empty when there is none
	GOROOT     string
	GOCACHE    string
	GOMODCACHE string
	GOTOOLDIR  string // where the compiler and the linker are
	// CacheProgram is the command line of a program that serves the build cache, as the go
	// command's GOCACHEPROG; empty when the go command does it itself.
	CacheProgram string
}

// positionIndependent reports whether the go command builds programs so unless
// it is told otherwise: then the packages in its cache are.
func (tc Toolchain) positionIndependent() bool { return tc.OS == "darwin" }

// Experiment is the value of GOEXPERIMENT that programs are built with: Go 1.26 has
// the profile of goroutines that can never go on as an experiment, later versions
// have it always (go.dev/issue/74609).
func (tc Toolchain) Experiment() string {
	if v, _, _ := strings.Cut(tc.Version, " "); version.Lang(v) == "go1.26" {
		return "goroutineleakprofile"
	}
	return ""
}

// String is how a report names the toolchain: "go1.26.8 linux/amd64".
func (tc Toolchain) String() string { return tc.Version + " " + tc.OS + "/" + tc.Arch }

// Advised is an error that says what to do about it.
type Advised struct {
	Err    error
	Advice string // imperative, one or two sentences
}

func (e *Advised) Error() string { return e.Err.Error() + "\n" + e.Advice }
func (e *Advised) Unwrap() error { return e.Err }

func advised(err error, advice string) error { return &Advised{Err: err, Advice: advice} }

// Supported says why racelab cannot check programs on a system, named as
// runtime.GOOS does, and what to use instead; nil where it can.
func Supported(goos string) error {
	err := sandbox.Unsupported(goos)
	if err == nil {
		return nil
	}
	return advised(err, "Use racelab in WSL (https://learn.microsoft.com/windows/wsl), on Linux or on macOS.\n"+
		"Here you can read: list, hint, explain, solution and diff work.")
}

// FindToolchain asks the go command on the PATH. The error says what is
// missing and what to install.
func FindToolchain(ctx context.Context, processes sandbox.Runner) (Toolchain, error) {
	if err := Supported(runtime.GOOS); err != nil {
		return Toolchain{}, err
	}
	if err := Temp(); err != nil {
		return Toolchain{}, err
	}
	goCommand, err := exec.LookPath("go")
	if err != nil {
		return Toolchain{}, advised(fmt.Errorf("the go command is not on your PATH: %w", err),
			"Install Go 1.26 or later from https://go.dev/dl/ and open a new terminal.")
	}
	exit, err := processes.Run(ctx, sandbox.Command{
		Argv: []string{goCommand, "env", "-json", "GOVERSION", "GOOS", "GOARCH", "CC", "GOROOT", "GOCACHE", "GOMODCACHE", "GOTOOLDIR"},
		Env:  append(os.Environ(), "GOTOOLCHAIN=local", "GOFLAGS=", "GOWORK=off"),
		Dir:  os.TempDir(), // away from any go.mod that might ask for another version
	})
	if err != nil {
		return Toolchain{}, err
	}
	if exit.Code != 0 {
		return Toolchain{}, advised(fmt.Errorf("go env failed: %s", strings.TrimSpace(string(exit.Stderr))),
			"Check your Go installation with: go version")
	}
	var env struct{ GOVERSION, GOOS, GOARCH, CC, GOROOT, GOCACHE, GOMODCACHE, GOTOOLDIR string }
	if err := json.Unmarshal(exit.Stdout, &env); err != nil {
		return Toolchain{}, fmt.Errorf("read the output of go env: %w", err)
	}
	tc := Toolchain{
		Go: goCommand, Version: env.GOVERSION, OS: env.GOOS, Arch: env.GOARCH,
		GOROOT: env.GOROOT, GOCACHE: env.GOCACHE, GOMODCACHE: env.GOMODCACHE,
		GOTOOLDIR: env.GOTOOLDIR,
	}
	if fields := strings.Fields(env.CC); len(fields) > 0 {
		tc.CC, _ = exec.LookPath(fields[0])
	}
	return tc, nil
}

// Usable says why tc cannot grade, and what to do about it; nil if it can.
func (tc Toolchain) Usable() error {
	if v := strings.Fields(tc.Version); len(v) > 0 && version.IsValid(v[0]) && version.Compare(v[0], MinGo) < 0 {
		return advised(fmt.Errorf("this Go is %s; racelab needs %s", tc.Version, MinGo),
			"Install a newer Go from https://go.dev/dl/ and open a new terminal.")
	}
	// On Linux and others the race detector's library is linked through cgo.
	if tc.CC == "" && tc.OS != "darwin" {
		return advised(errors.New("no C compiler was found, and the race detector needs one"), compilerAdvice())
	}
	return nil
}

func compilerAdvice() string {
	if runtime.GOOS == "linux" {
		return "Install one, for example:  sudo apt-get install gcc libc6-dev   (Debian, Ubuntu)\n" +
			"or:  sudo dnf install gcc   (Fedora)"
	}
	return "Install gcc or clang and put it on your PATH."
}
