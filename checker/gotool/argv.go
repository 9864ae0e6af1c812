package gotool

import (
	"os"
	"slices"
	"strings"
)

// CompileArgs are the compiler's arguments for one package of a submission,
// whose files are named absolutely.
//
// -l turns inlining off in the exercise (not beneath it), so that every call has a
// frame of its own in stacks. Nobody opens the program in a debugger.
func CompileArgs(tc Toolchain, u Unit, importConfig, out string) []string {
	args := []string{"-p", u.Path, "-lang", u.Lang, "-complete", "-race", "-l", "-dwarf=false", "-nolocalimports", "-pack", "-importcfg", importConfig, "-o", out}
	if tc.positionIndependent() {
		args = append(args, "-shared")
	}
	return append(args, u.Files...)
}

// LinkArgs are the linker's arguments for the program whose package main was
// compiled into object.
//
// Symbol tables are left out: linking is what takes longest.
func LinkArgs(tc Toolchain, object, importConfig, out string) []string {
	mode := "exe"
	if tc.positionIndependent() {
		mode = "pie"
	}
	args := []string{"-race", "-s", "-w", "-X", "testing.testBinary=1", "-buildmode", mode, "-importcfg", importConfig, "-o", out}
	if tc.CC != "" {
		args = append(args, "-extld", tc.CC)
	}
	return append(args, object)
}

// ErrorsArgs is the command line that compiles pkg and its tests for the
// compiler's messages alone, all of them.
func ErrorsArgs(pkg string) []string {
	return []string{"test", "-c", "-race", "-vet=off", "-gcflags=-e", "-o", os.DevNull, pkg}
}

// WrittenArgs is the command line that builds pkg and its tests into out as go test -race
// would, with the files that overlay says.
func WrittenArgs(pkg, overlay, out string) []string {
	return []string{"test", "-c", "-race", "-vet=off", "-overlay", overlay, "-o", out, pkg}
}

// ExportArgs is the command line that builds what is not built yet, naming each package on
// stderr when it compiles it, and then prints, for each of the packages and
// what they need, "path=file" with the file of its export data, and in a line of its own
// that begins with a ! why it has none. What does not exist has none: the compiler says
// so at the import.
func ExportArgs(imports []string) []string {
	args := []string{"list", "-e", "-v", "-race", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}{{with .Error}}\n!{{printf \"%q\" .Err}}{{end}}", "--"}
	return append(args, imports...)
}

// DepsArgs is the command line that prints the packages, and what they need, in a line each.
func DepsArgs(imports []string) []string {
	return append([]string{"list", "-e", "-race", "-deps", "--"}, imports...)
}

// DownloadArgs is the command line that fetches the modules of a workspace.
func DownloadArgs() []string { return []string{"mod", "download"} }

// Env is the environment of every go command in a workspace: the learner's own
// settings have no say in it, and nothing is fetched. temp is TMPDIR. There is no
// HOME: in a new one the go command would start a process for its telemetry,
// which outlives it.
func Env(tc Toolchain, temp string) []string {
	env := []string{
		"PATH=" + os.Getenv("PATH"), // for the C compiler
		"TMPDIR=" + temp, "GOTMPDIR=" + temp, "GOPATH=" + temp,
		"GOROOT=" + tc.GOROOT, "GOCACHE=" + tc.GOCACHE, "GOMODCACHE=" + tc.GOMODCACHE,
		"GOENV=off", "GOTOOLCHAIN=local", "GOPROXY=off", "GOWORK=off", "GOFLAGS=", "GO111MODULE=on",
		"CGO_ENABLED=1", "LC_ALL=C", "GOEXPERIMENT=" + tc.Experiment(),
	}
	if tc.CacheProgram != "" {
		env = append(env, "GOCACHEPROG="+tc.CacheProgram)
	}
	return env
}

// FetchEnv is Env with the learner's own settings for fetching modules.
func FetchEnv(tc Toolchain, temp string) []string {
	env := slices.DeleteFunc(Env(tc, temp), func(kv string) bool {
		return strings.HasPrefix(kv, "GOPROXY=") || strings.HasPrefix(kv, "GOENV=")
	})
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		switch name {
		case "GOPROXY", "GOSUMDB", "GONOSUMDB", "GONOSUMCHECK", "GONOPROXY", "GOPRIVATE", "GOINSECURE", "GOENV", "HOME",
			"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR":
			env = append(env, kv)
		}
	}
	return env
}
