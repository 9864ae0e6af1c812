package build

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestArgs(t *testing.T) {
	const pkg = "./exercises/01-x"
	tests := []struct {
		name      string
		got, want []string
	}{
		{"compile", CompileArgs(pkg, "/ws/tests"), []string{"test", "-c", "-race", "-vet=off", "-gcflags=-l", "-ldflags=-s -w", "-o", "/ws/tests", pkg}},
		{"errors", ErrorsArgs(pkg), []string{"test", "-c", "-race", "-vet=off", "-gcflags=-e", "-o", "/dev/null", pkg}},
		{"exports", ExportArgs([]string{"fmt", "sync"}), []string{"list", "-e", "-race", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}", "--", "fmt", "sync"}},
		{"download", DownloadArgs(), []string{"mod", "download"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// The learner's settings must not decide how a submission is built.
func TestEnvTakesNothingFromOutside(t *testing.T) {
	for _, name := range []string{"GOFLAGS", "GOPROXY", "GORACE", "GOEXPERIMENT", "HOME", "SECRET", "GOENV"} {
		t.Setenv(name, "outside")
	}
	tc := Toolchain{GOROOT: "/go", GOCACHE: "/cache", GOMODCACHE: "/mod"}
	env := Env(tc, "/ws/tmp")
	for _, kv := range env {
		if strings.Contains(kv, "outside") || strings.HasPrefix(kv, "HOME=") {
			t.Errorf("%s", kv)
		}
	}
	for _, want := range []string{"GOPROXY=off", "GOTOOLCHAIN=local", "GOENV=off", "GOFLAGS=", "GOCACHE=/cache", "TMPDIR=/ws/tmp"} {
		if !slices.Contains(env, want) {
			t.Errorf("no %s in %v", want, env)
		}
	}
	fetch := FetchEnv(tc, "/ws/tmp")
	if !slices.Contains(fetch, "GOPROXY=outside") || slices.Contains(fetch, "GOPROXY=off") || slices.Contains(fetch, "SECRET=outside") {
		t.Errorf("to fetch: %v", fetch)
	}
}
