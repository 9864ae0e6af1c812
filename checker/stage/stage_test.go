package stage

import (
	"errors"
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

	"github.com/google/go-cmp/cmp"
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
}

// Where there is no workspace, there is an error.
func TestWorkspaceThatCannotBeMade(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	ex := anExercise()
	parsed, err := Parse(ex, submit("package bank"))
	if err != nil {
		t.Fatal(err)
	}
	ex.ID = "no\x00folder"
	ws, err := New(ex, parsed, "")
	if left, _ := os.ReadDir(temp); ws != nil || err == nil || len(left) > 0 {
		t.Errorf("%v, %v; %v is left", ws, err, left)
	}
}

// A run-time that somebody has changed is mended, whatever is in its place.
func TestRuntimeIsMended(t *testing.T) {
	dir := cache.Dir(t.TempDir())
	lab, err := PrepareRuntime(dir)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(lab, "sched", "extra.go")
	whole := tree(t, lab)
	someFile := filepath.Join(lab, "go.mod")
	for name, damage := range map[string]func() error{
		"a byte": func() error { return os.WriteFile(someFile, []byte("module x\n"), 0o600) },
		"empty":  func() error { return os.Truncate(someFile, 0) },
		"gone":   func() error { return os.Remove(someFile) },
		"a folder": func() error {
			return errors.Join(os.Remove(someFile), os.MkdirAll(filepath.Join(someFile, "x"), 0o755))
		},
		"a link":           func() error { return errors.Join(os.Remove(someFile), os.Symlink("/etc/passwd", someFile)) },
		"one more":         func() error { return os.WriteFile(file, []byte("package sched\n"), 0o600) },
		"all of it a file": func() error { return errors.Join(os.RemoveAll(lab), os.WriteFile(lab, nil, 0o600)) },
		"a folder of it a file": func() error {
			return errors.Join(os.RemoveAll(filepath.Join(lab, "rt")), os.WriteFile(filepath.Join(lab, "rt"), nil, 0o600))
		},
		"a folder of it a link": func() error {
			return errors.Join(os.RemoveAll(filepath.Join(lab, "rt")), os.Symlink(filepath.Join(lab, "sched"), filepath.Join(lab, "rt")))
		},
		"all of it somebody's": func() error {
			return errors.Join(os.RemoveAll(lab), os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, nil, 0o600))
		},
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		if again, err := PrepareRuntime(dir); err != nil || again != lab {
			t.Errorf("%s: %q, %v", name, again, err)
		}
		if diff := cmp.Diff(whole, tree(t, lab)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// tree has the files in a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		files[name] = d.Type().String() + string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
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
