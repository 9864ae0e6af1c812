package main

import (
	"bytes"
	"context"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"racelab/checker"
	"racelab/checker/cache"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/proof"
)

// devSession is an app in an empty clone, with what it printed.
type devSession struct {
	*app
	dir         string
	out, errors *bytes.Buffer
}

func newDevSession(t *testing.T) devSession {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod":                 "module racelab\n",
		"exercises/exercises.go": "package exercises\n",
		"solutions/solutions.go": "package solutions\n",
		"hints/hints.go":         "package hints\n",
		"cmd/racelab/main.go":    "package main\n",
	} {
		writeTestFile(t, filepath.Join(dir, name), content)
	}
	s := devSession{dir: dir, out: &bytes.Buffer{}, errors: &bytes.Buffer{}}
	gocache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOCACHE", strings.TrimSpace(string(gocache)))
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	s.app = &app{
		lookupEnv: func(string) (string, bool) { return "", false },
		stdin:     strings.NewReader(""), stdout: s.out, stderr: s.errors,
		cwd: dir, now: func() time.Time { return time.Time{} }, width: 80, command: "racelab",
		check: func(context.Context, checker.Task) (finding.Verdict, error) {
			t.Error("something was run")
			return finding.Verdict{}, nil
		},
		key: func(_ context.Context, task checker.Task) (string, error) {
			return cache.Key(task.Submission.Files), nil
		},
	}
	return s
}

func writeTestFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// dev runs `racelab dev args...` and returns its exit status.
func (s devSession) dev(args ...string) int {
	s.out.Reset()
	s.errors.Reset()
	cmd := newDevCommand(s.app)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(args)
	cmd.SetOut(s.out)
	return s.exitStatus(context.Background(), cmd.ExecuteContext(context.Background()))
}

// finish makes the scaffold look finished.
func (s devSession) finish(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(s.dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(name, bytes.ReplaceAll(content, []byte("TODO"), []byte("Done")), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Everything that is wrong with a fresh scaffold is that somebody must write it.
func TestDevNewIsUnfinishedOnly(t *testing.T) {
	s := newDevSession(t)
	if status := s.dev("new", "lost-update"); status != statusPass {
		t.Fatalf("status %d: %s", status, s.errors)
	}
	src := clone{lab{s.dir}}.content()
	ex, problems, err := exercise.Validate(src, "01-lost-update")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]bool{}
	for _, p := range problems {
		files[p.File] = true
		if !strings.HasPrefix(p.Message, "unfinished") {
			t.Errorf("a scaffold has a problem: %s", p)
		}
	}
	if len(files) < 6 {
		t.Errorf("only %d files ask to be finished: %v", len(files), files)
	}
	if more := exercise.ValidateLayout(src, []exercise.Exercise{ex}); len(more) > 0 {
		t.Errorf("the layout has problems: %v", more)
	}
	s.finish(t)
	if status := s.dev("check", "--no-run", "all"); status != statusPass {
		t.Errorf("finished, it still has problems: %s", s.out)
	}
}

// Each version of the scaffold type-checks together with the tests.
func TestDevNewCompiles(t *testing.T) {
	s := newDevSession(t)
	if status := s.dev("new", "lost-update"); status != statusPass {
		t.Fatalf("status %d: %s", status, s.errors)
	}
	ex, _, err := exercise.Validate(clone{lab{s.dir}}.content(), "01-lost-update")
	if err != nil {
		t.Fatal(err)
	}
	test, err := ex.Original("update_test.go")
	if err != nil {
		t.Fatal(err)
	}
	versions, err := proof.Trials(ex)
	if err != nil {
		t.Fatal(err)
	}
	if len(versions) < 8 {
		t.Errorf("the scaffold has %d versions, want at least 8", len(versions))
	}
	std := importer.Default()
	for _, v := range versions {
		t.Run(v.Name, func(t *testing.T) {
			pkg := typeCheck(t, std, ex.ImportPath(), v.Submission.Files["update.go"])
			typeCheck(t, withPackage{std, pkg}, "test", test)
		})
	}
}

type withPackage struct {
	types.Importer
	pkg *types.Package
}

func (w withPackage) Import(path string) (*types.Package, error) {
	if path == w.pkg.Path() {
		return w.pkg, nil
	}
	return w.Importer.Import(path)
}

func typeCheck(t *testing.T, imp types.Importer, path string, src []byte) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path+".go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: imp}
	pkg, err := conf.Check(path, fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

func TestDevNewLeavesNothingBehind(t *testing.T) {
	s := newDevSession(t)
	// Where a folder must go, there is a file.
	writeTestFile(t, filepath.Join(s.dir, "solutions", "01-lost-update"), "x\n")
	if status := s.dev("new", "lost-update"); status != statusUsage {
		t.Errorf("status %d, want %d", status, statusUsage)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "exercises", "01-lost-update")); !os.IsNotExist(err) {
		t.Errorf("half an exercise is left: %v", err)
	}
	if content, err := os.ReadFile(filepath.Join(s.dir, "solutions", "01-lost-update")); err != nil || string(content) != "x\n" {
		t.Errorf("the file that was there is %q, %v", content, err)
	}
}
