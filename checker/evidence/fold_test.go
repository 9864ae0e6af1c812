package evidence

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
	counts := Tally{Mode: "race"}
	counts.Add([]finding.Finding{race(3, 7), race(7, 3)}) // one race, seen both ways
	counts.Add(nil)
	counts.Add([]finding.Finding{race(7, 3), race(9, 9)})
	got := counts.Findings()
	if len(got) != 2 {
		t.Fatalf("%d findings, want 2: %v", len(got), got)
	}
	for i, seen := range []int{2, 1} {
		if e := got[i].Evidence; e.Seen != seen || e.Runs != 3 || e.Mode != "race" {
			t.Errorf("finding %d: seen in %d of %d runs in mode %q, want %d of 3", i, e.Seen, e.Runs, e.Mode, seen)
		}
	}
}

// related is a place in bank.go.
func related(role finding.Role, line int) finding.Related {
	return finding.Related{Role: role, Location: finding.Location{File: "bank.go", Line: line}}
}

// does is the role of a goroutine that waits.
func does(name finding.GoroutineName, wait finding.Wait) finding.Role {
	spot := &finding.Spot{Doing: finding.Doing{Verb: finding.Waits, Wait: wait}}
	return finding.Role{Kind: finding.RoleDoes, Goroutines: []finding.GoroutineName{name}, Spot: spot}
}

func deadlock(by finding.Detector, line int, more ...finding.Related) finding.Finding {
	return finding.Finding{Kind: finding.Deadlock, Detector: by, Location: finding.Location{File: "bank.go", Line: line}, Related: more}
}

// Who holds a lock stands behind who waits for it.
func TestFoldJoinsTheTwoSightsOfADeadlock(t *testing.T) {
	waits, customer := related(does("8", finding.WaitMutex), 20), related(does("9", finding.WaitSelect), 52)
	started := related(finding.Role{Kind: finding.RoleStarted, Goroutines: []finding.GoroutineName{"8"}}, 48)
	held := related(finding.Role{Kind: finding.RoleHeld, Fate: &finding.Fate{Left: "serve"}}, 50)
	now := related(finding.Role{Kind: finding.RoleHolderNow}, 52)
	elsewhere := related(finding.Role{Kind: finding.RoleHolderNow}, 60)
	dead := deadlock(finding.Runtime, 20, waits, customer, started)
	for _, tt := range []struct {
		name string
		in   []finding.Finding
		want []finding.Related
	}{
		{"behind the waiting lock", []finding.Finding{dead, deadlock(finding.GoDeadlock, 20, held, now)}, []finding.Related{waits, held, customer, started}},
		{"the holder waits elsewhere", []finding.Finding{dead, deadlock(finding.GoDeadlock, 20, held, elsewhere)}, []finding.Related{waits, held, elsewhere, customer, started}},
		{"told before", []finding.Finding{deadlock(finding.Runtime, 20, waits, held), deadlock(finding.GoDeadlock, 20, held)}, []finding.Related{waits, held}},
		{
			"locked and waited for at one line",
			[]finding.Finding{dead, deadlock(finding.GoDeadlock, 20, related(finding.Role{Kind: finding.RoleHeld}, 20))},
			[]finding.Related{waits, related(finding.Role{Kind: finding.RoleHeld}, 20), customer, started},
		},
		{
			"another lock",
			[]finding.Finding{dead, deadlock(finding.GoDeadlock, 30, held)},
			[]finding.Related{waits, customer, started, related(finding.Role{Kind: finding.RoleOtherRun}, 30), held},
		},
		{
			"two of go-deadlock's",
			[]finding.Finding{
				deadlock(finding.Runtime, 20, waits, related(does("9", finding.WaitMutex), 30)),
				deadlock(finding.GoDeadlock, 30, held), deadlock(finding.GoDeadlock, 20, started),
			},
			[]finding.Related{waits, started, related(does("9", finding.WaitMutex), 30), held},
		},
	} {
		got := Fold(tt.in)
		if len(got) != 1 || got[0].Detector != finding.Runtime {
			t.Errorf("%s: %+v", tt.name, got)
			continue
		}
		if diff := cmp.Diff(tt.want, got[0].Related); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if len(dead.Related) != 3 {
		t.Errorf("the finding that was folded has changed: %v", dead.Related)
	}
	recursive := finding.Finding{Kind: finding.RecursiveLock, Detector: finding.GoDeadlock}
	if got := Fold([]finding.Finding{dead, deadlock(finding.GoDeadlock, 20), recursive}); len(got) != 2 {
		t.Errorf("a recursive lock is not a deadlock: %v", got)
	}
	if alone := Fold([]finding.Finding{deadlock(finding.GoDeadlock, 20, held)}); len(alone) != 1 {
		t.Errorf("what go-deadlock alone saw is gone: %v", alone)
	}
}

// Of two places without a line the functions differ.
func TestFoldWithoutLines(t *testing.T) {
	in := func(function string) finding.Finding {
		return finding.Finding{Kind: finding.Timeout, Location: finding.Location{File: "bank.go", Function: function}}
	}
	if got := Fold([]finding.Finding{in("Open"), in("Close"), in("Open")}); len(got) != 2 {
		t.Errorf("fold = %+v", got)
	}
}

func TestFoldKeepsTheFirstSight(t *testing.T) {
	first, second := race(3, 7), race(7, 3)
	first.Evidence.Mode, second.Evidence.Mode = "race", "lock"
	if got := Fold([]finding.Finding{first, race(3, 9), second}); len(got) != 2 || got[0].Evidence.Mode != "race" {
		t.Errorf("fold = %+v", got)
	}
}

func TestObservationsCompare(t *testing.T) {
	sets := func(attrs ...string) (out []Observation) {
		for i, balance := range attrs {
			out = append(out, Observation{Attrs: map[string]string{"balance": balance}, Seen: i + 1})
		}
		return out
	}
	want := Observations{"TestA": sets("0", "5")}
	same := Observations{"TestA": sets("5"), "TestNew": sets("1")}
	if got := want.Compare(same, 10); len(got) > 0 {
		t.Errorf("an outcome of the reference's is refused: %v", got)
	}
	other := Observations{"TestA": sets("0", "7", "8")} // seen 1, 2 and 3 times
	got := want.Compare(other, 10)
	if len(got) != 1 || got[0].Kind != finding.WrongResult || got[0].Evidence.Diff == "" || got[0].Evidence.Seen != 5 || got[0].Evidence.Runs != 10 {
		t.Errorf("new outcomes give %+v", got)
	}
}

// A finding shows one scenario, and its schedule is of that one.
func TestFoldKeepsScheduleAndScenarioTogether(t *testing.T) {
	at := func(schedule, setup string, preemptions int) finding.Finding {
		f := race(3, 7)
		f.Evidence = finding.Evidence{Mode: finding.ExploreMode, Schedule: schedule, Preemptions: &preemptions}
		if setup != "" {
			f.Evidence.Scenario = &finding.Scenario{Setup: setup}
		}
		return f
	}
	native, test, first, second := race(3, 7), at("TestA", "", 2), at("Contract/0", "0", 2), at("Contract/1", "1", 0)
	for _, tt := range []struct {
		name     string
		in       []finding.Finding
		schedule string
	}{
		{"the first of scenarios", []finding.Finding{native, first, second}, "Contract/0"},
		{"a test before scenarios", []finding.Finding{native, test, second}, "TestA"},
		{"the simpler test", []finding.Finding{test, at("TestB", "", 1)}, "TestB"},
	} {
		got := Fold(tt.in)
		if len(got) != 1 || got[0].Evidence.Schedule != tt.schedule || (got[0].Evidence.Scenario != nil) != (tt.schedule == "Contract/0") {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
}

// What exploring calls a deadlock is not told again natively, where some of its
// goroutines may have waited for a timer.
func TestFoldLeavesOutTheHangOfADeadlock(t *testing.T) {
	in := func(f finding.Finding, schedule string) finding.Finding {
		f.Evidence.Tests, f.Evidence.Schedule = []string{"TestA"}, schedule
		return f
	}
	hang := func(verb finding.Verb) finding.Finding {
		group := finding.Waiters{Count: 1, Spot: finding.Spot{Doing: finding.Doing{Verb: verb}}}
		return in(finding.Finding{Kind: finding.Timeout, Location: finding.Location{File: "bank.go", Line: 30}, Fact: finding.Fact{Hang: &finding.Hang{Groups: []finding.Waiters{group}}}}, "")
	}
	explored := in(deadlock(finding.Scheduler, 20), "TestA::1")
	if got := Fold([]finding.Finding{hang(finding.Waits), explored}); len(got) != 1 || got[0].Kind != finding.Deadlock {
		t.Errorf("%+v", got)
	}
	if got := Fold([]finding.Finding{hang(finding.Runs), explored}); len(got) != 2 {
		t.Errorf("a goroutine that runs waits for nobody: %+v", got)
	}
	if got := Fold([]finding.Finding{hang(finding.Waits)}); len(got) != 1 {
		t.Errorf("nothing else tells why: %+v", got)
	}
}
