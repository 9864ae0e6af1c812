package stage

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"racelab/checker/exercise"
	"racelab/checker/finding"

	"golang.org/x/mod/modfile"
)

func anExercise() exercise.Exercise {
	ex := exercise.Exercise{
		ID:        "01-bank",
		Reference: fstest.MapFS{"bank.go": {Data: []byte("package bank\n")}},
		Dir: fstest.MapFS{
			"bank.go":      {Data: []byte("package edited\n")}, // as in a clone
			"bank_test.go": {Data: []byte("package bank_test\n\nimport \"testing\"\n\nfunc TestA(t *testing.T) {}\n")},
		},
	}
	ex.Files = []string{"bank.go"}
	return ex
}

func submit(src string) Submission {
	return Submission{Files: map[string][]byte{"bank.go": []byte(src)}}
}

func TestPolicy(t *testing.T) {
	tests := []struct {
		name, src string
		kind      finding.Kind // "" when it is allowed
		line      int
		message   string
	}{
		{"fine", "package bank\n\nimport \"sync\"\n", "", 0, ""},
		{"usual imports", "package bank\n\nimport (\n\t\"container/list\"\n\t\"math/rand/v2\"\n\t\"golang.org/x/sync/errgroup\"\n)\n", "", 0, ""},
		{"below a usual import", "package bank\n\nimport (\n\t\"math\"\n\t\"unicode/utf8\"\n)\n", "", 0, ""},
		{"one that begins like a usual one", "package bank\n\nimport \"mathx\"\n", finding.Policy, 3, "mathx"},
		{"os", "package bank\n\nimport \"os\"\n", finding.Policy, 3, `the import "os" is not allowed here; allowed are bufio`},
		{"cgo", "package bank\n\nimport \"C\"\n", finding.Policy, 3, `"C"`},
		{"unsafe", "package bank\n\nimport u \"unsafe\"\n", finding.Policy, 3, `"unsafe"`},
		{"norace", "package bank\n\n//go:norace\nfunc f() {}\n", finding.Policy, 3, "//go:norace"},
		{"build constraint", "//go:build race\n\npackage bank\n", finding.Policy, 1, "//go:build race"},
		{"old build constraint", "//+build ignore\n\npackage bank\n", finding.Policy, 1, "//+build ignore"},
		{"old build constraint with blanks", "// \t+build race\n\npackage bank\n", finding.Policy, 1, "+build race"},
		{"line directive", "package bank\n//line other.go:1\nfunc f() {}\n", finding.Policy, 2, "//line other.go:1"},
		{"line comment directive", "package bank\n/*line other.go:1*/ func f() {}\n", finding.Policy, 2, "/*line"},
		{"a comment about go", "package bank\n\n// go: is a word, //go:norace a directive\n", "", 0, ""},
		{"another package", "package shop\n", finding.Policy, 1, "called shop; the tests need it to be bank"},
		{"syntax", "package bank\n\nfunc f( {}\n", finding.Build, 3, "expected"},
		{"empty", "", finding.Policy, 0, "empty"},
		{"not UTF-8", "package bank // \xff\n", finding.Policy, 0, "UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := Policy(anExercise(), submit(tt.src))
			if tt.kind == "" {
				if len(found) > 0 {
					t.Errorf("found %v", found)
				}
				return
			}
			if len(found) == 0 {
				t.Fatal("nothing found")
			}
			f := found[0]
			if f.Kind != tt.kind || f.Location.Line != tt.line || !strings.Contains(f.Message, tt.message) {
				t.Errorf("found %s at line %d: %s", f.Kind, f.Location.Line, f.Message)
			}
		})
	}
}

func TestReadTakesRegularFilesOnly(t *testing.T) {
	for name, make := range map[string]func(path string) error{
		"is missing":            func(string) error { return nil },
		"is not a regular file": func(path string) error { return os.Symlink("/etc/passwd", path) },
		"is larger than":        func(path string) error { return os.WriteFile(path, make([]byte, maxFile+1), 0o644) },
	} {
		dir := t.TempDir()
		if err := make(filepath.Join(dir, "bank.go")); err != nil {
			t.Fatal(err)
		}
		sub, err := Read(dir, []string{"bank.go"})
		if err != nil {
			t.Fatal(err)
		}
		if len(sub.Findings) != 1 || !strings.Contains(sub.Findings[0].Message, name) {
			t.Errorf("want %q, found %v", name, sub.Findings)
		}
	}
}

func TestReadDoesNotHangOnAFIFO(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "bank.go"), 0o644); err != nil {
		t.Skip(err)
	}
	sub, err := Read(dir, []string{"bank.go"})
	if err != nil || len(sub.Findings) != 1 {
		t.Errorf("findings = %v, err = %v", sub.Findings, err)
	}
}

func TestReadNamesFilesThatDoNotCount(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"bank.go", "queue.go", "bank_test.go", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("package bank\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sub, err := Read(dir, []string{"bank.go"})
	if err != nil || len(sub.Extra) != 1 || sub.Extra[0] != "queue.go" || len(sub.Findings) != 0 {
		t.Errorf("sub = %+v, err = %v", sub, err)
	}
}

func TestReadOfNoFolderIsAnError(t *testing.T) {
	if _, err := Read(filepath.Join(t.TempDir(), "none"), nil); err == nil {
		t.Error("no error")
	}
}

func TestWorkspaceHoldsBothTreesAndIsRemoved(t *testing.T) {
	cache := t.TempDir()
	lab, err := PrepareRuntime(cache)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := PrepareRuntime(cache); err != nil || again != lab {
		t.Errorf("a second time: %q, %v", again, err)
	}
	ws, err := New(anExercise(), submit("package bank\n\nimport \"sync\"\n\nvar mu sync.Mutex\n"), lab)
	if err != nil {
		t.Fatal(err)
	}
	if err := ws.Instrument(exportsOf(t, ws.Imports())); err != nil {
		t.Fatal(err)
	}
	for tree, want := range map[Tree]string{Plain: `import "sync"`, Lab: `import "racelab/checker/labrt/sync"`} {
		src, err := os.ReadFile(filepath.Join(ws.Dir(tree), "bank.go"))
		if err != nil || !strings.Contains(string(src), want) {
			t.Errorf("%s: %q, %v", tree, src, err)
		}
	}
	if len(ws.Tests) != 1 || ws.Tests[0] != "TestA" {
		t.Errorf("tests = %v", ws.Tests)
	}
	if err := ws.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(ws.Root); err == nil {
		t.Error("the workspace is still there")
	}
	leftovers, _ := fs.Glob(os.DirFS(cache), "tmp-*")
	if len(leftovers) > 0 {
		t.Errorf("left in the cache: %v", leftovers)
	}
}

// The modules of a workspace, ours or a learner's, are racelab's own, at the
// same versions.
func TestWorkspaceModulesAreOurs(t *testing.T) {
	ours := requirements(t, "../../go.mod")
	for _, file := range []string{"module/go.mod.txt", "module/labrt.mod.txt", "../../cmd/racelab/template/go.mod.txt"} {
		for path, version := range requirements(t, file) {
			if path != "racelab/checker/labrt" && ours[path] != version {
				t.Errorf("%s: %s %s; go.mod has %q", file, path, version, ours[path])
			}
		}
	}
}

func TestGoVersionIsThatOfTheModule(t *testing.T) {
	mod, err := module.ReadFile("module/go.mod.txt")
	if err != nil || !strings.Contains(string(mod), "\ngo "+strings.TrimPrefix(GoVersion, "go")+".") {
		t.Errorf("%s is not the version in\n%s%v", GoVersion, mod, err)
	}
}

func requirements(t *testing.T, name string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse(name, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range mod.Require {
		out[r.Mod.Path] = r.Mod.Version
	}
	return out
}

func exportsOf(t *testing.T, imports []string) map[string]string {
	t.Helper()
	args := append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}"}, imports...)
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = file
	}
	return exports
}
