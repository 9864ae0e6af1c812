package instrument

import (
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"sync"
	"testing"

	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
)

// usual are imports of programs in these tests.
var usual = []string{
	"context", "embed", "errors", "fmt", "io", "runtime", "sync", "sync/atomic", "testing", "time",
	"golang.org/x/sync/errgroup", "racelab/checker/labrt/rt", "racelab/checker/labrt/sched", "racelab/checker/labrt/pipe",
	"racelab/checker/labrt/maps", "racelab/checker/labrt/maphash", "racelab/checker/labrt/rand",
	"racelab/checker/labrt/sync", "racelab/checker/labrt/sync/atomic", "racelab/checker/labrt/testing",
	"racelab/checker/labrt/errgroup",
}

// anImporter knows the usual imports.
var anImporter = sync.OnceValue(func() types.Importer {
	exports, err := listExports(usual...)
	if err != nil {
		panic(err)
	}
	return source.Exported(exports)
})

// rewrite parses, type-checks and rewrites the files of one folder.
func rewrite(path, goVersion string, files map[string][]byte, imports types.Importer) (map[string][]byte, error) {
	return Rewrite(source.Parse(path, goVersion, files).Check(imports), nil)
}

// mustRewrite rewrites the files of package a.
func mustRewrite(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	in := map[string][]byte{}
	for name, src := range files {
		in[name] = []byte(src)
	}
	got, err := rewrite("racelab/a", "", in, anImporter())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name, src := range got {
		out[name] = string(src)
	}
	return out
}

func TestEachFile(t *testing.T) {
	const (
		rt    = `; import _ "racelab/checker/labrt/rt"`
		sched = `; import racelab_sched "racelab/checker/labrt/sched"`
	)
	tests := []struct{ name, in, want string }{
		{
			"an import",
			"package a\n\nimport \"sync\"\n\nfunc f(*sync.Mutex) {}\n",
			"package a" + rt + "\n\nimport \"racelab/checker/labrt/sync\"\n\nfunc f(*sync.Mutex) {}\n",
		},
		{
			"renamed and dot",
			"package a\n\nimport (\n\ts \"sync\" // why\n\t. `sync`\n)\n\nfunc f(s.Mutex, Mutex) {}\n",
			"package a" + rt + "\n\nimport (\n\ts \"racelab/checker/labrt/sync\" // why\n\t. \"racelab/checker/labrt/sync\"\n)\n\nfunc f(s.Mutex, Mutex) {}\n",
		},
		{
			"a string that looks like an import",
			"package a\n\nconst path = \"sync\"\n",
			"package a" + rt + "\n\nconst path = \"sync\"\n",
		},
		{
			"testing is swapped in tests alone",
			"package a\n\nimport \"testing\"\n\nfunc f(testing.TB) {}\n",
			"package a" + rt + "\n\nimport \"testing\"\n\nfunc f(testing.TB) {}\n",
		},
		{
			"comments and directives stay",
			"//go:build linux || !linux\n\n// Package a.\npackage a // here\n\n//go:noinline\nfunc f() {}\n",
			"//go:build linux || !linux\n\n// Package a.\npackage a" + rt + " // here\n\n//go:noinline\nfunc f() {}\n",
		},
		{
			"left out by its constraint",
			"//go:build !race\n\npackage a\n\nimport \"sync\"\n",
			"//go:build !race\n\npackage a\n\nimport \"sync\"\n",
		},
		{
			"no line break at the end",
			"package a\n\nfunc init() {} // here",
			"package a" + rt + sched + "\n\nfunc init() { if racelab_sched.Native() { racelab_init_0() } }; func racelab_init_0() {} // here\n" +
				"//line racelab/generated.go:1\nfunc init() { racelab_sched.Register(func() { racelab_init_0() }) }\n",
		},
		{
			"a name that is taken",
			"package a\n\nfunc f(racelab_c chan int) { close(racelab_c) }\n",
			"package a" + rt + strings.ReplaceAll(sched, "racelab_", "racelab1_") + "\n\nfunc f(racelab_c chan int) { racelab1_sched.Close(racelab_c) }\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, mustRewrite(t, map[string]string{"a.go": tt.in})["a.go"]); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A package, its tests, and its tests from outside.
func TestPackageWithTests(t *testing.T) {
	got := mustRewrite(t, map[string]string{
		"b.go":      "package a\n\nvar B = 1\n\nfunc init() {}\n",
		"a_test.go": "package a\n\nimport \"testing\"\n\nvar A = B + C\n\nfunc TestA(t *testing.T) { TestB(t) }\nfunc TestB(*testing.T) {}\nfunc Testify() {}\n\nfunc init() {}\n",
		"c.go":      "package a\n\nvar C int\n\nfunc init() {}\n",
		"d_test.go": "package a_test\n\nimport (\n\t\"testing\"\n\n\t\"racelab/a\"\n)\n\nvar d = a.A\n\nfunc TestA(t *testing.T) { a.Testify() }\n",
	})
	for name, wants := range map[string][]string{
		"a_test.go": {
			"racelab/checker/labrt/testing", "func racelab_TestA(t *testing.T) { racelab_TestB(t) }\nfunc racelab_TestB(", "func Testify()",
			"{ racelab_sched.Zero(&C); racelab_init_v0(); racelab_init_v1(); racelab_init_0(); racelab_init_1(); racelab_init_2() }", "racelab_init_2() {}",
		},
		"b.go":      {"racelab_init_0() {}", "func racelab_init_v0() { /*line :3:5*/B = 1 }"},
		"d_test.go": {"func racelab_TestA", "a.Testify()", "Register(func() { racelab_init_v0() })"},
	} {
		for _, want := range wants {
			if !strings.Contains(got[name], want) {
				t.Errorf("%s has no %q:\n%s", name, want, got[name])
			}
		}
	}
	if strings.Contains(got["b.go"], "Register") || strings.Contains(got["c.go"], "Register") {
		t.Error("registered more than once")
	}
}

func TestWhatDoesNotCompileIsAnError(t *testing.T) {
	for _, src := range []string{"package", "package a\n\nvar x int = \"\"\n", "package a\n\nimport \"nowhere\"\n"} {
		if got, err := rewrite("a", "", map[string][]byte{"a.go": []byte(src)}, anImporter()); err == nil {
			t.Errorf("%q became %q", src, got)
		}
	}
}

func TestUndoRestoresNames(t *testing.T) {
	for in, want := range map[string]string{
		"racelab/exercises/01-x_test.racelab_TestA.func1()\n": "racelab/exercises/01-x_test.TestA.func1()\n",
		"x.racelab_init_0()": "x.init.0()",
		"created by x.racelab_init_12.func1 in goroutine 1": "created by x.init.12.func1 in goroutine 1",
		"x.racelab_init_v3.func1()":                         "x.init.func1()",
	} {
		if got := string(Undo([]byte(in))); got != want {
			t.Errorf("Undo(%q) = %q", in, got)
		}
	}
}

func TestHarnessParses(t *testing.T) {
	for _, src := range [][]byte{Harness("a_test", []string{"TestA", "TestB"}, true), Main("racelab/a_test")} {
		if _, err := parser.ParseFile(token.NewFileSet(), "", src, 0); err != nil {
			t.Errorf("%v in\n%s", err, src)
		}
	}
}

func TestUsesTimers(t *testing.T) {
	tests := []struct {
		src           string
		timer, sleeps bool
	}{
		{"package a\nfunc f() { time.Sleep(1) }", false, true},
		{"package a\nvar rest = time.Sleep", false, true},
		{"package a\nfunc f() { <-time.After(1) }", true, false},
		{"package a\nvar after = time.After", true, false},
		{"package a\nfunc f() { ctx, stop := context.WithTimeout(c, 1) }", true, false},
		{"package a\nfunc f() { ctx, stop := context.WithCancel(c) }", false, false},
		{"not Go", true, true},
	}
	for _, tt := range tests {
		f := source.ParseFile("a.go", []byte(tt.src))
		if got := UsesTimers(f); got != tt.timer {
			t.Errorf("UsesTimers(%q) = %v", tt.src, got)
		}
		if got := Sleeps(f); got != tt.sleeps {
			t.Errorf("Sleeps(%q) = %v", tt.src, got)
		}
	}
}
