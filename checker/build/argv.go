package build

import (
	"os"
	"slices"
	"strings"
)

// CompileArgs is the command line that builds pkg's tests into out.
//
// -gcflags=-l turns inlining off in the exercise (not beneath it), so that every
// call has a frame of its own in stacks; symbol tables for debuggers are left out
// because linking is what takes longest.
func CompileArgs(pkg, out string) []string {
	return []string{"test", "-c", "-race", "-vet=off", "-gcflags=-l", "-ldflags=-s -w", "-o", out, pkg}
}

// ErrorsArgs is the command line that compiles pkg and its tests for the
// compiler's messages alone, all of them.
func ErrorsArgs(pkg string) []string {
	return []string{"test", "-c", "-race", "-vet=off", "-gcflags=-e", "-o", os.DevNull, pkg}
}

// ExportArgs is the command line that prints, for each of the packages and
// what they need, "path=file" with the file of its export data. There is none for
// what does not exist: the compiler says so at the import.
func ExportArgs(imports []string) []string {
	args := []string{"list", "-e", "-race", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}", "--"}
	return append(args, imports...)
}

// DownloadArgs is the command line that fetches the modules of a workspace.
func DownloadArgs() []string { return []string{"mod", "download"} }

// Env is the environment of every go command in a workspace: the learner's own
// settings have no say in it, and nothing is fetched. temp is TMPDIR. There is no
// HOME: in a new one the go command would start a process for its telemetry,
// which outlives it.
func Env(tc Toolchain, temp string) []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), // for the C compiler
		"TMPDIR=" + temp, "GOTMPDIR=" + temp, "GOPATH=" + temp,
		"GOROOT=" + tc.GOROOT, "GOCACHE=" + tc.GOCACHE, "GOMODCACHE=" + tc.GOMODCACHE,
		"GOENV=off", "GOTOOLCHAIN=local", "GOPROXY=off", "GOWORK=off", "GOFLAGS=", "GO111MODULE=on",
		"CGO_ENABLED=1", "LC_ALL=C",
	}
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
