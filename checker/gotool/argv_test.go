package gotool

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestArgs(t *testing.T) {
	const pkg = "./exercises/01-x"
	linux, mac := Toolchain{OS: "linux", CC: "/bin/gcc"}, Toolchain{OS: "darwin"}
	tests := []struct {
		name      string
		got, want []string
	}{
		{
			"compile", CompileArgs(linux, Unit{"racelab/x", "go1.25", []string{"/ws/x.go", "/ws/y.go"}}, "/ws/cfg", "/ws/x.a"),
			[]string{"-p", "racelab/x", "-lang", "go1.25", "-complete", "-race", "-l", "-dwarf=false", "-nolocalimports", "-pack", "-importcfg", "/ws/cfg", "-o", "/ws/x.a", "/ws/x.go", "/ws/y.go"},
		},
		{
			"compile on a Mac", CompileArgs(mac, Unit{"main", "go1.26", []string{"/ws/x.go"}}, "/ws/cfg", "/ws/x.a"),
			[]string{"-p", "main", "-lang", "go1.26", "-complete", "-race", "-l", "-dwarf=false", "-nolocalimports", "-pack", "-importcfg", "/ws/cfg", "-o", "/ws/x.a", "-shared", "/ws/x.go"},
		},
		{
			"link", LinkArgs(linux, "/ws/x.a", "/ws/cfg", "/ws/tests"),
			[]string{"-race", "-s", "-w", "-X", "testing.testBinary=1", "-buildmode", "exe", "-importcfg", "/ws/cfg", "-o", "/ws/tests", "-extld", "/bin/gcc", "/ws/x.a"},
		},
		{
			"link on a Mac", LinkArgs(mac, "/ws/x.a", "/ws/cfg", "/ws/tests"),
			[]string{"-race", "-s", "-w", "-X", "testing.testBinary=1", "-buildmode", "pie", "-importcfg", "/ws/cfg", "-o", "/ws/tests", "/ws/x.a"},
		},
		{"errors", ErrorsArgs(pkg), []string{"test", "-c", "-race", "-vet=off", "-gcflags=-e", "-o", "/dev/null", pkg}},
		{"exports", ExportArgs([]string{"fmt", "sync"}), []string{"list", "-e", "-v", "-race", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}{{with .Error}}\n!{{printf \"%q\" .Err}}{{end}}", "--", "fmt", "sync"}},
		{"needed", DepsArgs([]string{"fmt", "sync"}), []string{"list", "-e", "-race", "-deps", "--", "fmt", "sync"}},
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
	tc := Toolchain{Version: "go1.26.8", GOROOT: "/go", GOCACHE: "/cache", GOMODCACHE: "/mod"}
	env := Env(tc, "/ws/tmp")
	for _, kv := range env {
		if strings.Contains(kv, "outside") || strings.HasPrefix(kv, "HOME=") {
			t.Errorf("%s", kv)
		}
	}
	for _, want := range []string{"GOPROXY=off", "GOTOOLCHAIN=local", "GOENV=off", "GOFLAGS=", "GOCACHE=/cache", "TMPDIR=/ws/tmp", "GOEXPERIMENT=goroutineleakprofile"} {
		if !slices.Contains(env, want) {
			t.Errorf("no %s in %v", want, env)
		}
	}
	if later := (Toolchain{Version: "go1.27"}); later.Experiment() != "" {
		t.Errorf("experiment %s with %s", later.Experiment(), later)
	}
	fetch := FetchEnv(tc, "/ws/tmp")
	if !slices.Contains(fetch, "GOPROXY=outside") || slices.Contains(fetch, "GOPROXY=off") || slices.Contains(fetch, "SECRET=outside") {
		t.Errorf("to fetch: %v", fetch)
	}
}
