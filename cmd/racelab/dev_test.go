package main

import (
	"bytes"
	"context"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/stage"
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
	s.app = &app{
		lookupEnv: func(string) (string, bool) { return "", false },
		stdin:     strings.NewReader(""), stdout: s.out, stderr: s.errors,
		cwd: dir, now: func() time.Time { return time.Time{} }, width: 80, command: "racelab",
		check: func(context.Context, exercise.Exercise, stage.Submission, checker.Options) (finding.Verdict, error) {
			t.Error("something was run")
			return finding.Verdict{}, nil
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
	src := clone{workspace{s.dir}}.sources()
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
	ex, _, err := exercise.Validate(clone{workspace{s.dir}}.sources(), "01-lost-update")
	if err != nil {
		t.Fatal(err)
	}
	test, err := ex.Original("update_test.go")
	if err != nil {
		t.Fatal(err)
	}
	versions, err := trials(ex)
	if err != nil {
		t.Fatal(err)
	}
	if len(versions) < 8 {
		t.Errorf("the scaffold has %d versions, want at least 8", len(versions))
	}
	std := importer.Default()
	for _, v := range versions {
		t.Run(v.name, func(t *testing.T) {
			pkg := typeCheck(t, std, ex.ImportPath(), v.submission.Files["update.go"])
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

// grader stands in for the checker: it knows each version of the scaffold by
// what is in it.
func grader(verdicts map[string]finding.Verdict) func(context.Context, exercise.Exercise, stage.Submission, checker.Options) (finding.Verdict, error) {
	return func(_ context.Context, ex exercise.Exercise, sub stage.Submission, _ checker.Options) (finding.Verdict, error) {
		all, err := trials(ex)
		if err != nil {
			return finding.Verdict{}, err
		}
		for _, t := range all {
			if bytes.Equal(t.submission.Files["update.go"], sub.Files["update.go"]) {
				if v, ok := verdicts[t.name]; ok {
					return v, nil
				}
				return finding.Verdict{Outcome: finding.Pass}, nil
			}
		}
		return finding.Verdict{}, errors.New("an unknown version was checked")
	}
}

func fails(fs ...finding.Finding) finding.Verdict {
	return finding.Verdict{
		Outcome: finding.Fail, Findings: fs,
		Runs: []finding.Run{{Mode: "race", Executions: 10}},
	}
}

func found(kind finding.Kind, detector finding.Detector, seen int) finding.Finding {
	return finding.Finding{
		Kind: kind, Detector: detector, Severity: finding.Error, Message: "seen",
		Location: finding.Location{File: "update.go", Line: 7}, Evidence: finding.Evidence{Mode: "race", Seen: seen, Runs: 10},
	}
}

// asPromised is what the scaffold's versions show when all is well.
func asPromised() map[string]finding.Verdict {
	race := fails(found(finding.DataRace, finding.Race, 10))
	return map[string]finding.Verdict{
		"broken":                 fails(found(finding.DataRace, finding.Race, 10), found(finding.WrongResult, finding.Tests, 3)),
		"rejected/sleep":         race,
		"rejected/write-only":    race,
		"rejected/lock-per-call": race,
		"rejected/half-atomic":   race,
	}
}

func TestDevCheck(t *testing.T) {
	warning := found(finding.LockOrder, finding.GoDeadlock, 1)
	warning.Severity = finding.Warning
	hangs := fails(found(finding.DataRace, finding.Race, 1))
	hangs.Findings[0].Evidence.Runs, hangs.Runs[0].Executions = 2, 2
	for _, tt := range []struct {
		name   string
		change map[string]finding.Verdict
		status int
		want   []string // in the output
	}{
		{"as promised", nil, statusPass, []string{
			"✓ broken ", "data-race, (wrong-result) ", "data-race 10/10, wrong-result 3/10",
			"✓ reference ", "✓ accepted/atomic ", "✓ rejected/sleep ", "1 exercises: 8 versions tried in 0s, 0 problems",
		}},
		{"broken passes", map[string]finding.Verdict{"broken": {Outcome: finding.Pass}}, statusFail, []string{
			"✗ broken ", "exercises/01-lost-update/update.go: shows data-race by race in 0 of 1 checks: make the defect show every time", "1 problems",
		}},
		{"broken shows more", map[string]finding.Verdict{"broken": fails(found(finding.DataRace, finding.Race, 10), found(finding.Panic, finding.Runtime, 1))}, statusFail, []string{
			"shows panic by runtime, as at update.go:7 (seen), which the manifest does not expect",
		}},
		{"broken seen by another", map[string]finding.Verdict{"broken": fails(found(finding.DataRace, finding.Runtime, 10))}, statusFail, []string{
			"shows data-race by race in 0 of 1 checks", "shows data-race by runtime",
		}},
		{"warnings are none of its business", map[string]finding.Verdict{"reference": {Outcome: finding.Pass, Findings: []finding.Finding{warning}}}, statusPass, nil},
		{"a right fix is refused", map[string]finding.Verdict{"accepted/atomic": fails(found(finding.Deadlock, finding.Runtime, 2))}, statusFail, []string{
			"✗ accepted/atomic ", "solutions/01-lost-update/testdata/accepted/atomic.go: must pass and shows deadlock by runtime, as at update.go:7 (seen)",
		}},
		{"the reference is refused", map[string]finding.Verdict{"reference": fails(found(finding.DataRace, finding.Race, 2))}, statusFail, []string{
			"solutions/01-lost-update/update.go: must pass",
		}},
		{"a wrong fix passes", map[string]finding.Verdict{"rejected/sleep": {Outcome: finding.Pass}}, statusFail, []string{
			"rejected/sleep.go: must fail with data-race and did in 0 of 1 checks (pass)",
		}},
		{"for another reason", map[string]finding.Verdict{"rejected/sleep": fails(found(finding.Panic, finding.Runtime, 9))}, statusFail, []string{
			"must fail with data-race and did in 0 of 1 checks (panic 9/10)",
		}},
		{"a reason too many", map[string]finding.Verdict{"rejected/sleep": fails(found(finding.DataRace, finding.Race, 10), found(finding.Panic, finding.Runtime, 9))}, statusPass, nil},
		{"fragile", map[string]finding.Verdict{"rejected/sleep": fails(found(finding.DataRace, finding.Race, 3))}, statusPass, []string{
			"fragile:\n  solutions/01-lost-update/testdata/rejected/sleep.go: data-race shows in 3 of 10 runs: about one check in 35 misses it",
		}},
		{"fragile, cut short", map[string]finding.Verdict{"rejected/sleep": hangs}, statusPass, []string{
			"data-race shows in 1 of 2 runs: about one check in 1024 misses it",
		}},
		{"could not tell", map[string]finding.Verdict{"rejected/sleep": {Outcome: finding.Inconclusive, Reason: "no memory"}}, statusNotAble, []string{
			"? rejected/sleep ", "rejected/sleep.go: racelab could not tell: no memory", "0 problems",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newDevSession(t)
			s.dev("new", "lost-update")
			s.finish(t)
			verdicts := asPromised()
			for name, v := range tt.change {
				verdicts[name] = v
			}
			s.app.check = grader(verdicts)
			if status := s.dev("check", "01"); status != tt.status {
				t.Errorf("status %d, want %d", status, tt.status)
			}
			for _, want := range tt.want {
				if !strings.Contains(s.out.String(), want) {
					t.Errorf("the output has no %q", want)
				}
			}
			if t.Failed() {
				t.Logf("output:\n%s%s", s.out, s.errors)
			}
		})
	}
}

// A rejected fix that only exploring is sure to catch may pass.
func TestDevCheckExplore(t *testing.T) {
	s := newDevSession(t)
	s.dev("new", "lost-update")
	s.finish(t)
	name := filepath.Join(s.dir, "solutions/01-lost-update/testdata/rejected/sleep.go")
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	writeTestFile(t, name, strings.Replace(string(content), "Caught: always", "Caught: explore", 1))
	verdicts := asPromised()
	verdicts["rejected/sleep"] = finding.Verdict{Outcome: finding.Pass}
	s.app.check = grader(verdicts)
	if status := s.dev("check"); status != statusPass {
		t.Errorf("status %d:\n%s", status, s.out)
	}
	for _, want := range []string{"· rejected/sleep ", "(data-race) ", "pass  counts from exploring on"} {
		if !strings.Contains(s.out.String(), want) {
			t.Errorf("the output has no %q:\n%s", want, s.out)
		}
	}
}

// What shows in one check of five does not always show.
func TestDevCheckRepeats(t *testing.T) {
	s := newDevSession(t)
	s.dev("new", "lost-update")
	s.finish(t)
	good := grader(asPromised())
	broken := 0
	s.app.check = func(ctx context.Context, ex exercise.Exercise, sub stage.Submission, o checker.Options) (finding.Verdict, error) {
		v, err := good(ctx, ex, sub, o)
		if len(v.Findings) == 2 {
			if broken++; broken == 3 {
				return finding.Verdict{Outcome: finding.Pass, Runs: v.Runs}, nil
			}
		}
		return v, err
	}
	if status := s.dev("check", "-n", "5", "-j", "1", "lost-update"); status != statusFail {
		t.Errorf("status %d, want %d", status, statusFail)
	}
	for _, want := range []string{"data-race 40/50 (4 of 5 checks)", "shows data-race by race in 4 of 5 checks"} {
		if !strings.Contains(s.out.String(), want) {
			t.Errorf("the output has no %q:\n%s", want, s.out)
		}
	}
}

// A fault of racelab ends it, with its own status and no verdict.
func TestDevCheckNotAble(t *testing.T) {
	s := newDevSession(t)
	s.dev("new", "lost-update")
	s.app.check = func(context.Context, exercise.Exercise, stage.Submission, checker.Options) (finding.Verdict, error) {
		return finding.Verdict{}, errors.New("no go command")
	}
	if status := s.dev("check", "01"); status != statusNotAble {
		t.Errorf("status %d, want %d", status, statusNotAble)
	}
	if !strings.Contains(s.errors.String(), "of 01-lost-update: no go command") {
		t.Errorf("stderr is %q", s.errors)
	}
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
