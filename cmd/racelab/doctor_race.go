package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"racelab/checker/sandbox"
)

//go:embed doctor/racy.go.txt
var racyProgram []byte

// lookAtRaceDetector builds a program with a data race in it, runs it, and wants
// to see the report: a detector that is there may still not work, as under a
// kernel whose address space it cannot use.
func (d *doctor) lookAtRaceDetector(ctx context.Context) (string, error) {
	if d.toolchain == nil {
		return "", errNotExamined
	}
	dir, err := os.MkdirTemp("", "racelab-doctor-")
	if err != nil {
		return "", cannotWrite(os.TempDir(), err)
	}
	defer os.RemoveAll(dir)
	if err := writeFile(filepath.Join(dir, "racy.go"), racyProgram); err != nil {
		return "", err
	}
	d.progress("building a racy program to see whether the race detector finds it")
	if out, err := d.goCommand(ctx, dir, "build", "-race", "-o", "racy.exe", "racy.go"); err != nil {
		return "", buildAilment(out, err)
	}
	// What the user may have set for the race detector must not hide the race.
	env := append(os.Environ(), "GORACE=atexit_sleep_ms=0", "GOMAXPROCS=2")
	out, err := runTool(ctx, dir, env, filepath.Join(dir, "racy.exe"))
	if !strings.Contains(out, "WARNING: DATA RACE") {
		return "", raceAilment(out, err)
	}
	d.raceWorks = true
	return "finds a race in a racy program", nil
}

// goCommand runs go on single files, away from modules and the user's settings
// that would get in the way.
func (d *doctor) goCommand(ctx context.Context, dir string, args ...string) (string, error) {
	env := append(os.Environ(), "CGO_ENABLED=1", "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local")
	return runTool(ctx, dir, env, append([]string{d.toolchain.Go}, args...)...)
}

// runTool returns what a command printed; when it is stopped, nothing that it
// started is left.
func runTool(ctx context.Context, dir string, env []string, argv ...string) (output string, err error) {
	exit, err := sandbox.Limited{}.Run(ctx, sandbox.Command{
		Argv: argv, Dir: dir, Env: env,
		Limits: sandbox.Limits{Wall: 10 * time.Minute, Output: 64 << 10},
	})
	if err == nil && exit.Code != 0 {
		err = fmt.Errorf("exit status %d", exit.Code)
	}
	return string(exit.Stdout) + string(exit.Stderr), err
}

func buildAilment(text string, err error) error {
	remedy := "Try it yourself: `go env CC CGO_ENABLED`, and `go build -race` in a small program."
	switch {
	case strings.Contains(text, "no space left on device"):
		remedy = "The disk is full: free some space. `go env GOCACHE GOTMPDIR` says where Go builds."
	case strings.Contains(text, "permission denied"), strings.Contains(text, "read-only file system"):
		remedy = "Make Go's cache writable: `go env GOCACHE` says where it is."
	case strings.Contains(text, "not supported"):
		remedy = "The race detector does not exist for this system. Use another machine: 64-bit Linux, macOS, Windows or FreeBSD."
	case strings.Contains(text, "stdlib.h"), strings.Contains(text, "cannot find -l"), strings.Contains(text, "C compiler"):
		remedy = "The C compiler lacks its library. On Debian and Ubuntu: `sudo apt-get install gcc libc6-dev`."
	}
	return ailment{fmt.Sprintf("go build -race fails: %v: %s", err, firstLines(text)), remedy}
}

func raceAilment(text string, err error) error {
	if strings.Contains(text, "ThreadSanitizer") {
		return ailment{
			"the race detector cannot run: " + firstLines(text),
			"On Linux this helps when the kernel spreads memory too widely: `sudo sysctl vm.mmap_rnd_bits=28`.",
		}
	}
	return ailment{
		fmt.Sprintf("a racy program ran without a report (%v): %s", err, firstLines(text)),
		"Reinstall Go from https://go.dev/dl/ and try again.",
	}
}

// firstLines is the beginning of a tool's output, on one line.
func firstLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[:min(3, len(lines))], " / ")
}
