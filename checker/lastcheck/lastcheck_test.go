package lastcheck_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"racelab/checker/finding"
	"racelab/checker/lastcheck"

	"github.com/google/go-cmp/cmp"
)

var at = time.Date(2026, 11, 30, 19, 0, 0, 0, time.UTC)

func verdict() finding.Verdict {
	return finding.Verdict{
		Exercise: "06-overdraft", Outcome: finding.Fail, Score: 5, MaxScore: 10,
		Runs: []finding.Run{{Mode: finding.RaceMode, Executions: 4}},
		Findings: []finding.Finding{{
			Kind: finding.WrongResult, Detector: finding.Tests, Severity: finding.Error,
			Fact:     finding.Fact{Failure: &finding.Failure{Test: "TestTwoCards", Text: "the balance is -600"}},
			Location: finding.Location{File: "account_test.go", Line: 72},
			Evidence: finding.Evidence{
				Schedule: "TestTwoCards::30.44t8.uger", Output: "much", Diff: "more",
				Trace: &finding.Interleaving{}, Goroutines: []finding.Goroutine{{ID: 7}}, Scenario: &finding.Scenario{},
			},
		}},
	}
}

func TestKeptAndRead(t *testing.T) {
	s := lastcheck.Store(t.TempDir())
	if c, ok := s.Read("06-overdraft"); ok {
		t.Errorf("before the first check: %+v", c)
	}
	files := map[string][]byte{"account.go": []byte("package account")}
	s.Keep(lastcheck.New(verdict(), files, at))
	c, ok := s.Read("06-overdraft")
	if !ok || !c.At.Equal(at) || c.Checks != 1 || !c.Of(files) || c.Of(nil) {
		t.Fatalf("read %+v, %v", c, ok)
	}
	want := verdict()
	want.Schema, want.Points, want.Runs = finding.Schema, []finding.Points{}, []finding.Run{}
	e := &want.Findings[0].Evidence
	e.Output, e.Diff, e.Trace, e.Goroutines, e.Scenario = "", "", nil, nil, nil
	want.Findings[0].Related = []finding.Related{}
	if diff := cmp.Diff(want, c.Verdict); diff != "" {
		t.Errorf("- want, + read:\n%s", diff)
	}
	if c, ok := s.Read("07-forgotten-unlock"); ok {
		t.Errorf("of another exercise: %+v", c)
	}

	passed := finding.Verdict{Exercise: "06-overdraft", Outcome: finding.Pass, Score: 10, MaxScore: 10}
	s.Keep(lastcheck.New(passed, files, at))
	if c, ok := s.Read("06-overdraft"); !ok || c.Checks != 2 || c.Verdict.Outcome != finding.Pass || len(c.Verdict.Findings) != 0 {
		t.Errorf("after the second check: %+v, %v", c, ok)
	}
	s.Forget("06-overdraft")
	if c, ok := s.Read("06-overdraft"); ok {
		t.Errorf("forgotten: %+v", c)
	}
}

// What racelab prints later is made of the verdict that it has, not of the one that it keeps.
func TestNewChangesNothing(t *testing.T) {
	v := verdict()
	lastcheck.New(v, nil, at)
	if diff := cmp.Diff(verdict(), v); diff != "" {
		t.Errorf("- before, + after:\n%s", diff)
	}
}

func TestWhatCannotBeReadIsNoCheck(t *testing.T) {
	dir := t.TempDir()
	s := lastcheck.Store(dir)
	s.Keep(lastcheck.New(verdict(), nil, at))
	if err := os.WriteFile(filepath.Join(dir, "last", "06-overdraft.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, ok := s.Read("06-overdraft"); ok {
		t.Errorf("read %+v", c)
	}
	s.Keep(lastcheck.New(verdict(), nil, at))
	if _, ok := s.Read("06-overdraft"); !ok {
		t.Error("a damaged entry does not make room")
	}
}

// The numbers of another check of the same files are not those of this one.
func TestNumbers(t *testing.T) {
	f := func(schedule string) finding.Finding {
		return finding.Finding{Kind: finding.WrongResult, Severity: finding.Error, Evidence: finding.Evidence{Schedule: schedule}}
	}
	of := func(findings ...finding.Finding) finding.Verdict {
		return finding.Verdict{Exercise: "06-overdraft", Outcome: finding.Fail, Findings: findings}
	}
	c := lastcheck.New(of(f("A::1"), f("B::1")), nil, at)
	for _, tt := range []struct {
		v    finding.Verdict
		want bool
	}{
		{of(f("A::1"), f("B::1")), true},
		{of(f("B::1"), f("A::1")), false},
		{of(f("A::1")), false},
		{of(f("A::1"), f("")), false},
		{of(), false},
	} {
		if got := c.Numbers(tt.v); got != tt.want {
			t.Errorf("%v: %v", tt.v.Findings, got)
		}
	}
}
