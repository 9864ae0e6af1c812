package stage

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"racelab/checker/cache"
	"racelab/checker/exercise"
	"racelab/checker/source"
	"racelab/checker/submission"

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

func submit(src string) submission.Submission {
	return submission.Submission{Files: map[string][]byte{"bank.go": []byte(src)}}
}

func TestWorkspaceHoldsBothTreesAndIsRemoved(t *testing.T) {
	dir := t.TempDir()
	lab, err := PrepareRuntime(cache.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := PrepareRuntime(cache.Dir(dir)); err != nil || again != lab {
		t.Errorf("a second time: %q, %v", again, err)
	}
	parsed, err := Parse(anExercise(), submit("package bank\n\nimport \"sync\"\n\nvar mu sync.Mutex\n"))
	if err != nil {
		t.Fatal(err)
	}
	ws, err := New(anExercise(), parsed, lab)
	if err != nil {
		t.Fatal(err)
	}
	if err := ws.Instrument(parsed.Check(source.Exported(exportsOf(t, parsed.Imports())))); err != nil {
		t.Fatal(err)
	}
	for tree, want := range map[Tree]string{Plain: `import "sync"`, Instrumented: `import "racelab/checker/labrt/sync"`} {
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
	leftovers, _ := fs.Glob(os.DirFS(dir), "tmp-*")
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
