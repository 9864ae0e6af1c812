package evidence

import (
	"fmt"
	"strings"
	"testing"

	"racelab/checker/finding"
)

var learners = []string{"bank.go"}

func at(line int) finding.Location { return finding.Location{File: "bank.go", Line: line} }

func inTest(line int) finding.Location { return finding.Location{File: "bank_test.go", Line: line} }

func conflict(one, other finding.Location, tests ...string) finding.Finding {
	access := func(l finding.Location) finding.Access {
		return finding.Access{Op: finding.AccessWrite, Write: true, Place: l, Exact: finding.AtLine}
	}
	second := access(other)
	return finding.Finding{
		Kind: finding.DataRace, Location: one, Evidence: finding.Evidence{Tests: tests},
		Fact:    finding.Fact{Conflict: &finding.Conflict{First: access(one), Second: &second}},
		Related: []finding.Related{{Role: finding.Role{Kind: finding.RoleAccess, Access: &second}, Location: other}},
	}
}

func failure(test string, line int, schedule string) finding.Finding {
	return finding.Finding{
		Kind: finding.WrongResult, Location: inTest(line), Fact: finding.Fact{Failure: &finding.Failure{Test: test, Text: "it is wrong"}},
		Evidence: finding.Evidence{Tests: []string{test}, Schedule: schedule},
	}
}

func saying(text string, f finding.Finding) finding.Finding {
	f.Fact.Failure = &finding.Failure{Test: f.Fact.Failure.Test, Text: text}
	return f
}

func from(f finding.Finding, kind finding.OriginKind, function string) finding.Finding {
	f.Origin = &finding.Origin{Kind: kind, First: finding.Use{Place: finding.Location{File: "bank.go", Line: 9, Function: function}}}
	return f
}

// late comes of a goroutine that one function starts, and that runs another one.
func late(f finding.Finding, starts, runs string) finding.Finding {
	f = from(f, finding.OriginLate, starts)
	f.Origin.Then.Place = finding.Location{File: "bank.go", Line: 44, Function: runs}
	return f
}

func keptAt(line int, fate finding.Fate, places ...finding.Related) finding.Finding {
	k := finding.Keeper{Goroutine: "b", Holder: finding.Holder{Taking: finding.Taking{Place: at(line)}, Fate: fate}}
	return finding.Finding{Kind: finding.Deadlock, Location: at(line), Fact: finding.Fact{Hang: &finding.Hang{Keeper: &k}}, Related: places}
}

func waits(line int) finding.Related {
	return finding.Related{Role: finding.Role{Kind: finding.RoleWaits}, Location: at(line)}
}

func holds(line int) finding.Related {
	return finding.Related{Role: finding.Role{Kind: finding.RoleHolds}, Location: at(line)}
}

func kept(line int, fate finding.Fate) finding.Related {
	return finding.Related{Role: finding.Role{Kind: finding.RoleKept, Fate: &fate}, Location: at(line)}
}

// waitsItself is one who waits for a lock that it holds.
func waitsItself(held, again int) []finding.Related {
	a := []finding.GoroutineName{"a"}
	return []finding.Related{
		{Role: finding.Role{Kind: finding.RoleWaits, Goroutines: a, For: a, Object: "mu"}, Location: at(again)},
		{Role: finding.Role{Kind: finding.RoleHolds, Goroutines: a, Object: "mu"}, Location: at(held)},
	}
}

func relock(held, again int) finding.Finding {
	return finding.Finding{
		Kind: finding.RecursiveLock, Location: at(again),
		Fact: finding.Fact{Relock: &finding.Relock{Held: finding.Taking{Place: at(held)}, Again: finding.Taking{Place: at(again)}}},
	}
}

func vet(analyzer string, line int) finding.Finding {
	return finding.Finding{Kind: finding.Vet, Location: at(line), Fact: finding.Fact{Quotation: &finding.Quotation{Analyzer: analyzer}}}
}

// answer is what a scenario shows: a call does not return what it must, or not at all.
func answer(kind finding.Kind, places ...finding.Related) finding.Finding {
	return finding.Finding{
		Kind: kind, Detector: finding.Contract, Location: finding.Location{File: "bank.go"}, Related: places,
		Fact: finding.Fact{Answer: &finding.Answer{Call: "a.Balance()"}}, Evidence: finding.Evidence{Scenario: &finding.Scenario{}, Schedule: "Contract/0.1::5.0f3kq.9c0e"},
	}
}

// showing is what a scenario shows in a schedule with a data race.
func showing(f, race finding.Finding) finding.Finding {
	f.Evidence.Races = []finding.Identity{race.Identity()}
	return f
}

// shown is what a schedule shows.
func shown(f finding.Finding) finding.Finding {
	f.Evidence.Schedule = plain
	return f
}

const (
	plain  = "TestA::5.0f3kq.9c0e"
	racing = "TestA:L18-23:5.0f3kq.9c0e"
)

func TestProblems(t *testing.T) {
	inCallback := conflict(at(7), at(7), "TestA")
	inCallback.Fact.Conflict.First.Inside, inCallback.Fact.Conflict.Second.Inside = finding.InsideGiven, finding.InsideGiven
	unnamed := inCallback
	unnamed.Evidence.Tests = nil
	crash := finding.Finding{Kind: finding.Panic, Location: at(8), Evidence: finding.Evidence{Tests: []string{"TestA"}}}
	circle := finding.Finding{
		Kind: finding.Deadlock, Location: at(2), Fact: finding.Fact{Hang: &finding.Hang{}},
		Related: []finding.Related{waits(2), holds(1), waits(4), holds(3)},
	}
	orders := finding.Finding{Kind: finding.LockOrder, Location: at(1), Fact: finding.Fact{Orders: &finding.Orders{
		One: finding.Order{First: at(1), Second: at(2)}, Other: finding.Order{First: at(3), Second: at(4)},
	}}}
	// want has a word for each finding: the number of its problem, "s", "c" or "l" where it follows.
	for name, c := range map[string]struct {
		findings []finding.Finding
		want     string
	}{
		"apart":                               {[]finding.Finding{conflict(at(1), at(2)), conflict(at(3), at(4)), failure("TestA", 5, plain)}, "1 3 2"},
		"a race that a schedule shows":        {[]finding.Finding{conflict(at(1), at(1)), shown(conflict(at(1), at(2))), shown(conflict(at(1), at(3))), conflict(at(3), at(3))}, "1s 1 1s 1s"},
		"one lock":                            {[]finding.Finding{keptAt(3, finding.Fate{Ended: true}), keptAt(3, finding.Fate{Left: "Sell"}), keptAt(4, finding.Fate{Ended: true})}, "1 1s 2"},
		"locked twice":                        {[]finding.Finding{relock(1, 2), keptAt(1, finding.Fate{Self: true}, waits(2), holds(1))}, "1 1c"},
		"twice by one line":                   {[]finding.Finding{relock(3, 3), keptAt(3, finding.Fate{Self: true}, waits(3), holds(3))}, "1s 1"},
		"an unlock was left out":              {[]finding.Finding{relock(1, 2), keptAt(1, finding.Fate{Self: true, Left: "Inside"}, waits(2), holds(1))}, "1s 1"},
		"one function locks for two":          {[]finding.Finding{keptAt(3, finding.Fate{Left: "Sell"}), keptAt(3, finding.Fate{Left: "Draw"})}, "1 2"},
		"more of a test that races":           {[]finding.Finding{conflict(at(1), at(2), "TestA"), failure("TestA", 5, plain), failure("TestB", 6, "")}, "1 1l 1l"},
		"a race of no known test":             {[]finding.Finding{unnamed, from(crash, finding.OriginClosed, "carry")}, "1c 1"},
		"a crash of another cause":            {[]finding.Finding{conflict(at(8), at(2), "TestB"), from(crash, finding.OriginClosed, "carry")}, "1 2"},
		"locked twice elsewhere":              {[]finding.Finding{relock(1, 2), keptAt(5, finding.Fate{Ended: true}, waits(2))}, "1 2"},
		"two orders":                          {[]finding.Finding{orders, circle}, "1 1c"},
		"a chain of races":                    {[]finding.Finding{conflict(at(1), at(2)), conflict(at(5), at(6)), conflict(at(2), at(5))}, "1 1s 1s"},
		"what a race leads to":                {[]finding.Finding{conflict(at(1), at(2), "TestA"), failure("TestA", 5, racing)}, "1 1c"},
		"with another cause":                  {[]finding.Finding{conflict(at(1), at(2), "TestA"), from(failure("TestA", 5, plain), finding.OriginSplit, "Draw")}, "1 2"},
		"with no other cause":                 {[]finding.Finding{conflict(at(1), at(2), "TestA"), failure("TestA", 5, plain)}, "1 1l"},
		"in another test":                     {[]finding.Finding{conflict(at(1), at(2), "TestA"), failure("TestB", 5, "TestB::5.0f3kq.9c0e")}, "1 2"},
		"only natively":                       {[]finding.Finding{conflict(at(1), at(2), "TestA"), failure("TestB", 5, "")}, "1 1l"},
		"a crash where it races":              {[]finding.Finding{conflict(at(8), at(2), "TestB"), crash}, "1 1l"},
		"one function, many tests":            {[]finding.Finding{from(failure("TestA", 5, plain), "split", "Draw"), from(failure("TestB", 6, ""), "split", "Draw"), from(failure("TestB", 7, ""), "split", "Book")}, "1 1s 2"},
		"another test refutes the origin":     {[]finding.Finding{from(failure("TestA", 5, plain), "split", "Draw"), failure("TestB", 6, "TestB::5.0f3kq.9c0e"), from(failure("TestC", 7, ""), "split", "Draw")}, "1 2 3"},
		"one of two guesses is refuted":       {[]finding.Finding{from(failure("TestA", 5, plain), "split", "Draw"), failure("TestB", 6, "TestB::5.0f3kq.9c0e"), saying("too little", from(failure("TestC", 7, ""), "split", "Draw")), saying("too much", from(failure("TestD", 8, ""), "split", "Draw"))}, "2 3 1 1s"},
		"what is refuted refutes nothing":     {[]finding.Finding{from(failure("TestA", 5, plain), "split", "Draw"), failure("TestB", 6, "TestB::5.0f3kq.9c0e"), from(failure("TestB", 7, "TestB::5.0f3kq.9c0e"), "split", "Pay")}, "2 1s 1"},
		"one function, with a deadlock":       {[]finding.Finding{from(circle, finding.OriginFunction, "Draw"), from(failure("TestA", 5, ""), finding.OriginFunction, "Draw"), from(failure("TestB", 6, ""), finding.OriginFunction, "Draw")}, "1c 1 1s"},
		"a function, and more of a test":      {[]finding.Finding{from(failure("TestA", 5, plain), finding.OriginFunction, "Draw"), always(failure("TestA", 6, plain))}, "1 1s"},
		"a function, and some runs of a test": {[]finding.Finding{from(failure("TestA", 5, plain), finding.OriginFunction, "Draw"), failure("TestA", 6, plain)}, "1 1l"},
		"a function, and an unexplored test":  {[]finding.Finding{from(failure("TestA", 5, plain), finding.OriginFunction, "Draw"), always(failure("TestB", 6, ""))}, "1 1l"},
		"a function, and some runs of one":    {[]finding.Finding{from(failure("TestA", 5, plain), finding.OriginFunction, "Draw"), failure("TestB", 6, "")}, "1 2"},
		"one goroutine, started twice":        {[]finding.Finding{late(failure("TestA", 5, plain), "Deposit", "add"), late(failure("TestB", 6, ""), "Withdraw", "add"), late(failure("TestC", 7, ""), "Deposit", "note")}, "1 1s 2"},
		"it was not late":                     {[]finding.Finding{late(failure("TestA", 5, plain), "Deposit", "add"), failure("TestB", 6, "TestB::5.0f3kq.9c0e"), late(failure("TestC", 7, ""), "Deposit", "add")}, "1 2 3"},
		"a function, and what it hands out":   {[]finding.Finding{from(conflict(at(1), inTest(2), "TestA"), finding.OriginFunction, "Draw"), from(failure("TestB", 6, ""), finding.OriginFunction, "Draw")}, "1c 1"},
		"a race on the same line":             {[]finding.Finding{from(conflict(at(1), inTest(2), "TestA"), finding.OriginFunction, "Draw"), conflict(at(1), at(3), "TestC"), from(failure("TestB", 6, ""), finding.OriginFunction, "Draw")}, "1 1s 2"},
		"one schedule":                        {[]finding.Finding{failure("TestA", 5, plain), from(failure("TestA", 6, plain), "split", "Draw")}, "1s 1"},
		"the tests' race, after a crash":      {[]finding.Finding{inCallback, crash}, "1c 1"},
		"a closed channel":                    {[]finding.Finding{from(inCallback, finding.OriginClosed, "carry"), from(crash, finding.OriginClosed, "carry")}, "1 1c"},
		"a scenario that races":               {[]finding.Finding{conflict(at(1), at(2), "TestA"), showing(answer(finding.WrongResult), conflict(at(1), at(2)))}, "1 1l"},
		"a scenario with another race":        {[]finding.Finding{conflict(at(1), at(2), "TestA"), showing(answer(finding.WrongResult), conflict(at(3), at(4)))}, "1 2"},
		"one lock, and a scenario":            {[]finding.Finding{keptAt(3, finding.Fate{Ended: true}), answer(finding.Deadlock, kept(3, finding.Fate{Self: true}), waits(7))}, "1 1s"},
		"one lock, waited for by its keeper":  {[]finding.Finding{keptAt(3, finding.Fate{Left: "Sell"}), answer(finding.Deadlock, waitsItself(3, 7)...)}, "1 1s"},
		"one line twice, in a scenario, too":  {[]finding.Finding{relock(3, 3), keptAt(3, finding.Fate{Self: true}, waits(3), holds(3)), answer(finding.Deadlock, waitsItself(3, 3)...)}, "1s 1 1s"},
		"another lock in a scenario":          {[]finding.Finding{keptAt(3, finding.Fate{Ended: true}), answer(finding.Deadlock, kept(4, finding.Fate{}), waits(7))}, "1 2"},
		"the tests before a scenario":         {[]finding.Finding{failure("TestA", 5, plain), answer(finding.WrongResult)}, "1 2"},
		"a scenario with a line":              {[]finding.Finding{failure("TestA", 5, plain), answer(finding.Deadlock, waits(3))}, "2 1"},
		"the learner's lines first":           {[]finding.Finding{conflict(inTest(1), inTest(2), "TestB"), conflict(at(1), at(2), "TestA")}, "2 1"},
		"one analyzer":                        {[]finding.Finding{vet("copylocks", 1), vet("copylocks", 2), vet("waitgroup", 3)}, "1 1s 2"},
		"what no schedule shows is the one":   {[]finding.Finding{from(failure("TestA", 5, plain), "split", "Draw"), failure("TestB", 6, "")}, "1 1s"},
	} {
		for i := range c.findings {
			c.findings[i].Severity = finding.Error
		}
		Problems(c.findings, learners)
		var got []string
		for _, f := range c.findings {
			got = append(got, fmt.Sprint(f.Problem)+string(f.Follows)[:min(1, len(f.Follows))])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// A warning is no problem, and numbers that were given before do not stay.
func TestWarningsAreNoProblems(t *testing.T) {
	findings := []finding.Finding{{Kind: finding.Vet, Severity: finding.Warning, Problem: 7, Follows: finding.Same}, conflict(at(1), at(2))}
	findings[1].Severity = finding.Error
	Problems(findings, learners)
	if findings[0].Problem != 0 || findings[0].Follows != "" || findings[1].Problem != 1 {
		t.Errorf("numbered %d and %d", findings[0].Problem, findings[1].Problem)
	}
}
