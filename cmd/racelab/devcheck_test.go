package main

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"racelab/checker"
	"racelab/checker/finding"
	"racelab/checker/proof"

	"github.com/google/go-cmp/cmp"
)

// grader stands in for the checker: it knows each version of the scaffold by
// what is in it.
func grader(verdicts map[string]finding.Verdict) func(context.Context, checker.Task) (finding.Verdict, error) {
	return func(_ context.Context, task checker.Task) (finding.Verdict, error) {
		ex, sub := task.Exercise, task.Submission
		all, err := proof.Trials(ex)
		if err != nil {
			return finding.Verdict{}, err
		}
		for _, t := range all {
			if bytes.Equal(t.Submission.Files["update.go"], sub.Files["update.go"]) {
				if v, ok := verdicts[t.Name]; ok {
					return v, nil
				}
				return passes(), nil
			}
		}
		return finding.Verdict{}, errors.New("an unknown version was checked")
	}
}

// fails is a check in which half of the native runs and of the schedules failed.
func fails(fs ...finding.Finding) finding.Verdict {
	return finding.Verdict{Outcome: finding.Fail, Findings: fs, Runs: runs(5)}
}

// passes is a check in which nothing failed.
func passes() finding.Verdict { return finding.Verdict{Outcome: finding.Pass, Runs: runs(0)} }

func runs(failing int) []finding.Run {
	return []finding.Run{
		{Mode: "race", Executions: 10, Failing: failing},
		{Mode: "lock", Executions: 2},
		{Mode: "explore", Schedules: 20, Failing: 2 * failing},
	}
}

// native is what seen runs of ten showed, and exploring did not.
func native(kind finding.Kind, detector finding.Detector, seen int) finding.Finding {
	return finding.Finding{
		Kind: kind, Detector: detector, Severity: finding.Error, Message: "seen",
		Location: finding.Location{File: "update.go", Line: 7}, Evidence: finding.Evidence{Mode: "race", Seen: seen, Runs: 10},
	}
}

// explored is what a schedule shows, found as the number-th, and so do three runs of ten.
func explored(kind finding.Kind, detector finding.Detector, number int) finding.Finding {
	f := native(kind, detector, 3)
	f.Evidence.Schedule, f.Evidence.SchedulesRun = "TestCollect::1.x.1", number
	return f
}

// asPromised is what the scaffold's versions show when all is well.
func asPromised() map[string]finding.Verdict {
	race := fails(explored(finding.DataRace, finding.Race, 2))
	return map[string]finding.Verdict{
		"broken":                 fails(explored(finding.DataRace, finding.Race, 1), native(finding.WrongResult, finding.Tests, 3)),
		"rejected/sleep":         race,
		"rejected/write-only":    race,
		"rejected/lock-per-call": race,
		"rejected/half-atomic":   race,
	}
}

func unbuilt(file string) finding.Verdict {
	f := native(finding.Build, finding.Compiler, 0)
	f.Location.File = file
	return fails(f)
}

func TestDevCheck(t *testing.T) {
	warning := native(finding.LockOrder, finding.GoDeadlock, 1)
	warning.Severity = finding.Warning
	hangs := fails(native(finding.DataRace, finding.Race, 1))
	hangs.Findings[0].Evidence.Runs, hangs.Runs[0].Executions = 2, 2
	vetted := fails(native(finding.Vet, finding.GoVet, 0), native(finding.DataRace, finding.Race, 10))
	vetted.Findings[0].Evidence = finding.Evidence{}
	unexplored := finding.Verdict{Outcome: finding.Pass, Runs: runs(0)[:2]}
	for _, tt := range []struct {
		name   string
		change map[string]finding.Verdict
		status int
		want   []string // in the output
	}{
		{"as promised", nil, statusPass, []string{
			"✓ broken ", "✓ reference ", "✓ accepted/atomic ", "✓ rejected/sleep ", "1 exercise: 8 versions tried in 0s, 0 problems",
		}},
		{"broken passes", map[string]finding.Verdict{"broken": passes()}, statusFail, []string{
			"✗ broken ", "exercises/01-lost-update/update.go: shows data-race by race in 0 of 1 checks: make the defect show every time", "1 problem",
		}},
		{"broken shows more", map[string]finding.Verdict{"broken": fails(explored(finding.DataRace, finding.Race, 1), native(finding.Panic, finding.Runtime, 1))}, statusFail, []string{
			"shows panic by runtime, as at update.go:7 (seen), which the manifest does not expect",
		}},
		{"broken seen by another", map[string]finding.Verdict{"broken": fails(explored(finding.DataRace, finding.Runtime, 1))}, statusFail, []string{
			"shows data-race by race in 0 of 1 checks", "shows data-race by runtime",
		}},
		{"sometimes is always", map[string]finding.Verdict{"broken": fails(explored(finding.DataRace, finding.Race, 1), explored(finding.WrongResult, finding.Tests, 9))}, statusFail, []string{
			"shows wrong-result by tests in a schedule, so every time: leave sometimes = true out of the manifest",
		}},
		{"warnings are none of its business", map[string]finding.Verdict{"reference": {Outcome: finding.Pass, Findings: []finding.Finding{warning}, Runs: runs(0)}}, statusPass, nil},
		{"a right fix is refused", map[string]finding.Verdict{"accepted/atomic": fails(native(finding.Deadlock, finding.Runtime, 2))}, statusFail, []string{
			"✗ accepted/atomic ", "solutions/01-lost-update/testdata/accepted/atomic.go: must pass and shows deadlock by runtime, as at update.go:7 (seen)",
		}},
		{"the reference is refused", map[string]finding.Verdict{"reference": fails(explored(finding.DataRace, finding.Race, 2))}, statusFail, []string{
			"solutions/01-lost-update/update.go: must pass",
		}},
		{"a wrong fix passes", map[string]finding.Verdict{"rejected/sleep": passes()}, statusFail, []string{
			"rejected/sleep.go: must fail with data-race and did in 0 of 1 checks (pass)",
		}},
		{"for another reason", map[string]finding.Verdict{"rejected/sleep": fails(explored(finding.Panic, finding.Runtime, 9))}, statusFail, []string{
			"must fail with data-race and did in 0 of 1 checks (panic)",
		}},
		{"a reason too many", map[string]finding.Verdict{"rejected/sleep": fails(explored(finding.DataRace, finding.Race, 1), native(finding.Panic, finding.Runtime, 9))}, statusPass, nil},
		{"fragile", map[string]finding.Verdict{"rejected/sleep": fails(native(finding.DataRace, finding.Race, 3))}, statusPass, []string{
			"fragile:\n  solutions/01-lost-update/testdata/rejected/sleep.go: data-race shows in no schedule and in 3 of 10 executions: about one check in 35 misses it",
			"not shown by exploring:\n  solutions/01-lost-update/testdata/rejected/sleep.go: only native runs show that it is wrong\n",
		}},
		{"fragile, cut short", map[string]finding.Verdict{"rejected/sleep": hangs}, statusPass, []string{
			"data-race shows in no schedule and in 1 of 2 executions: about one check in 1024 misses it", "not shown by exploring:",
		}},
		{"a right fix not explored", map[string]finding.Verdict{"accepted/atomic": unexplored}, statusPass, []string{
			"not shown by exploring:\n  solutions/01-lost-update/testdata/accepted/atomic.go: no schedule of it was run: only native runs say that it is right\n",
		}},
		{"tests that do not build", map[string]finding.Verdict{"reference": unbuilt("update_test.go"), "accepted/atomic": unbuilt("update_test.go")}, statusFail, []string{
			"✗ reference ", "✗ accepted/atomic ", "solutions/01-lost-update/update.go: does not build together with its tests and contract: update_test.go:7: seen", " 1 problem\n",
		}},
		{"fixes that do not build", map[string]finding.Verdict{"reference": unbuilt("update.go"), "accepted/atomic": unbuilt("update.go")}, statusFail, []string{
			"update.go: must pass and shows build", "accepted/atomic.go: must pass and shows build", " 2 problems\n",
		}},
		{"found without running", map[string]finding.Verdict{"rejected/sleep": vetted}, statusPass, nil},
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
			if tt.status == statusPass && !strings.Contains(strings.Join(tt.want, ""), "exploring:") && strings.Contains(s.out.String(), ":\n  ") {
				t.Error("it has notes that nobody needs")
			}
			if t.Failed() {
				t.Logf("output:\n%s%s", s.out, s.errors)
			}
		})
	}
}

// The table of the scaffold, and a kind for each line.
func TestDevCheckTable(t *testing.T) {
	verdicts := asPromised()
	verdicts["rejected/sleep"] = fails(explored(finding.DataRace, finding.Race, 7), explored(finding.Deadlock, finding.Runtime, 4), native(finding.WrongResult, finding.Tests, 1))
	verdicts["accepted/atomic"] = finding.Verdict{Outcome: finding.Inconclusive}
	s := newDevSession(t)
	s.dev("new", "lost-update")
	s.finish(t)
	s.app.check = grader(verdicts)
	s.dev("check", "01")
	got, _, _ := strings.Cut(s.out.String(), "could not tell:\n")
	got = regexp.MustCompile(`\d\.\ds`).ReplaceAllString(got, "0.0s")
	want := strings.TrimPrefix(`
01-lost-update                time  first  explored  native  expected        seen
  ✓ broken                    0.0s      1     10/20    5/10  data-race       data-race
                                                             (wrong-result)  wrong-result
  ✓ reference                 0.0s      -      0/20    0/10  pass            pass
  ? accepted/atomic           0.0s      -         -       -  pass            inconclusive
  ✓ accepted/semaphore        0.0s      -      0/20    0/10  pass            pass
  ✓ rejected/half-atomic      0.0s      2     10/20    5/10  data-race       data-race
  ✓ rejected/lock-per-call    0.0s      2     10/20    5/10  data-race       data-race
  ✓ rejected/sleep            0.0s      4     10/20    5/10  data-race       data-race
                                                                             deadlock
                                                                             wrong-result
  ✓ rejected/write-only       0.0s      2     10/20    5/10  data-race       data-race
`, "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the table differs (-want +got):\n%s", diff)
	}
}

// Names of files may be long, a line of the table must not.
func TestDevCheckTableIsNarrow(t *testing.T) {
	long := proof.Trial{Name: "rejected/" + strings.Repeat("x", 60), Expected: []string{"lost-concurrency"}}
	table := newTrialTable([]proof.Trial{long})
	r := trialResult{Trial: long, took: 999 * time.Second}
	for range 5 {
		r.verdicts = append(r.verdicts, fails(explored(finding.WrongResult, finding.Tests, 400)))
	}
	for _, line := range append(table.rows("✓", r), table.heading("01-lost-update")) {
		if n := utf8.RuneCountInString(line); n > 100 {
			t.Errorf("%d columns: %s", n, line)
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
	s.app.check = func(ctx context.Context, task checker.Task) (finding.Verdict, error) {
		v, err := good(ctx, task)
		if len(v.Findings) == 2 {
			if broken++; broken == 3 {
				return passes(), nil
			}
		}
		return v, err
	}
	if status := s.dev("check", "-n", "5", "-j", "1", "lost-update"); status != statusFail {
		t.Errorf("status %d, want %d", status, statusFail)
	}
	for _, want := range []string{"  1    40/100   20/50  data-race       data-race 4/5\n", "shows data-race by race in 4 of 5 checks"} {
		if !strings.Contains(s.out.String(), want) {
			t.Errorf("the output has no %q:\n%s", want, s.out)
		}
	}
}

// What was as promised is not checked again before something changes, and what was not is.
func TestDevCheckKnown(t *testing.T) {
	s := newDevSession(t)
	s.dev("new", "lost-update")
	s.finish(t)
	verdicts := asPromised()
	verdicts["accepted/atomic"] = fails(native(finding.Deadlock, finding.Runtime, 2))
	checked := 0
	s.app.check = func(ctx context.Context, task checker.Task) (finding.Verdict, error) {
		checked++
		return grader(verdicts)(ctx, task)
	}
	check := func(want int, args ...string) {
		t.Helper()
		checked = 0
		s.dev(append([]string{"check", "-j", "1"}, args...)...)
		if checked != want {
			t.Errorf("%d were checked, want %d:\n%s%s", checked, want, s.out, s.errors)
		}
	}
	check(8)
	check(1)
	for _, want := range []string{
		"✓ broken                   known      1     10/20    5/10  data-race       data-race\n",
		"✗ accepted/atomic ", "1 exercise: 8 versions tried in 0s (7 known), 1 problem",
	} {
		if !strings.Contains(s.out.String(), want) {
			t.Errorf("the output has no %q:\n%s", want, s.out)
		}
	}
	check(16, "-n", "2")
	verdicts["accepted/atomic"] = passes()
	check(1)
	check(0)
	verdicts["accepted/atomic"] = fails(native(finding.Deadlock, finding.Runtime, 2))
	check(16, "-n", "2") // it is not as promised each time, so it is not known any more
	verdicts["accepted/atomic"] = passes()
	check(1)
	check(0)
	name := filepath.Join(s.dir, "solutions", "01-lost-update", "testdata", "rejected", "sleep.go")
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	writeTestFile(t, name, string(source)+"// More.\n")
	check(1)
}

// What wrong versions show is written down, and compared by whole checks.
func TestDevCheckRecord(t *testing.T) {
	s := newDevSession(t)
	s.dev("new", "lost-update")
	s.finish(t)
	verdicts := asPromised()
	s.app.check = grader(verdicts)
	if status := s.dev("check", "--record"); status != statusPass {
		t.Fatalf("status %d: %s", status, s.errors)
	}
	if want := "solutions/01-lost-update/symptoms.toml: what 5 wrong versions show\n"; s.out.String() != want {
		t.Errorf("%q, want %q", s.out, want)
	}
	text, err := os.ReadFile(filepath.Join(s.dir, "solutions", "01-lost-update", "symptoms.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "\n['rejected/sleep']\nof = '"; !strings.Contains(string(text), want) || strings.Count(string(text), "'data-race in TestCollect at update.go'") != 5 {
		t.Errorf("it says\n%s", text)
	}
	if status := s.dev("check", "-n", "2"); status != statusPass {
		t.Errorf("status %d: %s", status, s.out)
	}
	other := maps.Clone(verdicts)
	other["rejected/sleep"] = fails(explored(finding.DataRace, finding.Race, 2), explored(finding.WrongResult, finding.Tests, 2))
	calls := 0
	s.app.check = func(ctx context.Context, task checker.Task) (finding.Verdict, error) {
		if calls++; calls%2 == 0 { // the second check of each version
			return grader(other)(ctx, task)
		}
		return grader(verdicts)(ctx, task)
	}
	s.dev("check", "-n", "2", "-j", "1")
	if !strings.Contains(s.out.String(), "which is not what symptoms.toml says") {
		t.Errorf("a second check that shows something else is not told:\n%s", s.out)
	}
	s.app.check = grader(verdicts)
	verdicts["rejected/sleep"] = fails(explored(finding.DataRace, finding.Race, 2), explored(finding.WrongResult, finding.Tests, 2))
	if status := s.dev("check"); status != statusPass {
		t.Errorf("up to the first error nothing can be compared: status %d: %s", status, s.out)
	}
	s.dev("check", "-n", "2")
	if want := `rejected/sleep.go: shows ["data-race in TestCollect at update.go" "wrong-result in TestCollect at update.go"], which is not what symptoms.toml says`; !strings.Contains(s.out.String(), want) {
		t.Errorf("the output has no %q:\n%s", want, s.out)
	}
	verdicts["rejected/sleep"] = finding.Verdict{Outcome: finding.Inconclusive, Reason: "a mouse"}
	if status := s.dev("check", "--record"); status != statusNotAble || !strings.Contains(s.errors.String(), "rejected/sleep of 01-lost-update: racelab could not tell: a mouse") {
		t.Errorf("status %d: %s", status, s.errors)
	}
	if status := s.dev("check", "--record", "--no-run"); status != statusUsage {
		t.Errorf("status %d", status)
	}
}

// A fault of racelab ends it, with its own status and no verdict.
func TestDevCheckNotAble(t *testing.T) {
	s := newDevSession(t)
	s.dev("new", "lost-update")
	s.app.check = func(context.Context, checker.Task) (finding.Verdict, error) {
		return finding.Verdict{}, errors.New("no go command")
	}
	if status := s.dev("check", "01"); status != statusNotAble {
		t.Errorf("status %d, want %d", status, statusNotAble)
	}
	if !strings.Contains(s.errors.String(), "of 01-lost-update: no go command") {
		t.Errorf("stderr is %q", s.errors)
	}
}

// Each version is tried once, and the first of an exercise before the others.
func TestTrialOrder(t *testing.T) {
	all := []versions{{trials: make([]proof.Trial, 5)}, {trials: make([]proof.Trial, 2)}, {trials: make([]proof.Trial, 3)}}
	want := []trialNumber{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {0, 3}, {0, 4}, {2, 0}, {1, 1}, {2, 1}, {2, 2}}
	if got := trialOrder(all); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}
