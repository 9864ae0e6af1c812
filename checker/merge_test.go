package checker

import (
	"testing"

	"racelab/checker/finding"
)

func race(write, read int) finding.Finding {
	return finding.Finding{
		Kind: finding.DataRace, Detector: finding.Race,
		Location: finding.Location{File: "bank.go", Line: write},
		Related:  []finding.Related{{Location: finding.Location{File: "bank.go", Line: read}}},
	}
}

func TestTallyCountsExecutions(t *testing.T) {
	counts := tally{mode: "race"}
	counts.add([]finding.Finding{race(3, 7), race(7, 3)}) // one race, seen both ways
	counts.add(nil)
	counts.add([]finding.Finding{race(7, 3), race(9, 9)})
	got := counts.result()
	if len(got) != 2 {
		t.Fatalf("%d findings, want 2: %v", len(got), got)
	}
	for i, seen := range []int{2, 1} {
		if e := got[i].Evidence; e.Seen != seen || e.Runs != 3 || e.Mode != "race" {
			t.Errorf("finding %d: seen in %d of %d runs in mode %q, want %d of 3", i, e.Seen, e.Runs, e.Mode, seen)
		}
	}
}

func TestFoldJoinsTheTwoSightsOfADeadlock(t *testing.T) {
	holder := finding.Related{Message: "goroutine 7 locked it here"}
	in := []finding.Finding{
		{Kind: finding.Deadlock, Detector: finding.Runtime},
		{Kind: finding.Deadlock, Detector: finding.GoDeadlock, Related: []finding.Related{holder}},
		{Kind: finding.RecursiveLock, Detector: finding.GoDeadlock},
	}
	got := fold(in)
	if len(got) != 2 || got[0].Detector != finding.Runtime || len(got[0].Related) != 1 || got[0].Related[0] != holder {
		t.Errorf("fold = %+v", got)
	}
	if alone := fold(in[1:2]); len(alone) != 1 {
		t.Errorf("what go-deadlock alone saw is gone: %v", alone)
	}
}

func TestFoldKeepsTheFirstSight(t *testing.T) {
	first, second := race(3, 7), race(7, 3)
	first.Evidence.Mode, second.Evidence.Mode = "race", "lock"
	if got := fold([]finding.Finding{first, race(3, 9), second}); len(got) != 2 || got[0].Evidence.Mode != "race" {
		t.Errorf("fold = %+v", got)
	}
}

func TestObservationsCompare(t *testing.T) {
	want := observations{"TestA": {{"balance": "0"}, {"balance": "5"}}}
	same := observations{"TestA": {{"balance": "5"}}, "TestNew": {{"x": "1"}}}
	if got := want.compare(same); len(got) > 0 {
		t.Errorf("an outcome of the reference's is refused: %v", got)
	}
	other := observations{"TestA": {{"balance": "0"}, {"balance": "7"}}}
	got := want.compare(other)
	if len(got) != 1 || got[0].Kind != finding.WrongResult || got[0].Evidence.Diff == "" {
		t.Errorf("a new outcome gives %v", got)
	}
}
