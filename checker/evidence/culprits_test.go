package evidence

import (
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"
)

func always(f finding.Finding) finding.Finding {
	f.Evidence.Seen, f.Evidence.Runs = 4, 4
	return f
}

func TestSteady(t *testing.T) {
	dead := finding.Finding{Kind: finding.Deadlock, Evidence: finding.Evidence{Tests: []string{"TestA"}}}
	scenario := failure("Contract/1", 0, "Contract/1::5.0f3kq.9c0e")
	scenario.Evidence.Scenario = &finding.Scenario{}
	sometimes := failure("TestA", 5, "")
	sometimes.Evidence.Seen, sometimes.Evidence.Runs = 3, 4
	given := conflict(at(1), inTest(2), "TestB")
	given.Fact.Conflict.First.Inside = finding.InsideGiven
	for name, c := range map[string]struct {
		findings []finding.Finding
		want     string
	}{
		"in every run":         {[]finding.Finding{always(failure("TestA", 5, "")), always(failure("TestA", 6, "")), always(failure("TestB/sub", 7, ""))}, "TestA TestB"},
		"in some":              {[]finding.Finding{sometimes}, ""},
		"also in some":         {[]finding.Finding{sometimes, always(failure("TestA", 6, ""))}, "TestA"},
		"it races as well":     {[]finding.Finding{conflict(at(1), at(2), "TestA"), always(failure("TestA", 6, ""))}, ""},
		"the tests race":       {[]finding.Finding{conflict(at(1), inTest(2), "TestB"), always(failure("TestA", 6, ""))}, "TestA TestB"},
		"and nothing else":     {[]finding.Finding{conflict(at(1), inTest(2), "TestB")}, ""},
		"another race as well": {[]finding.Finding{conflict(at(1), inTest(2), "TestB"), conflict(at(1), at(2), "TestB"), always(failure("TestA", 6, ""))}, "TestA"},
		"in a callback":        {[]finding.Finding{given, always(failure("TestA", 6, ""))}, "TestA"},
		"another test races":   {[]finding.Finding{conflict(at(1), at(2), "TestB"), always(failure("TestA", 6, ""))}, "TestA"},
		"it ignores a close":   {[]finding.Finding{always(from(failure("TestA", 5, ""), finding.OriginClosed, "carry"))}, ""},
		"it may be a split":    {[]finding.Finding{always(from(failure("TestA", 5, ""), finding.OriginSplit, "Draw"))}, "? TestA"},
		"another one is none":  {[]finding.Finding{always(from(failure("TestA", 5, ""), finding.OriginSplit, "Draw")), always(failure("TestB", 6, ""))}, "TestA TestB"},
		"a deadlock":           {[]finding.Finding{always(dead)}, ""},
		"after a wrong result": {[]finding.Finding{always(dead), always(failure("TestB", 6, ""))}, "TestA TestB"},
		"a lock that is kept":  {[]finding.Finding{always(keptAt(3, finding.Fate{Ended: true})), always(failure("TestB", 6, ""))}, "TestB"},
		"a scenario":           {[]finding.Finding{scenario}, "Contract/1::5.0f3kq.9c0e"},
		"what was not run has": {[]finding.Finding{failure("TestA", 5, "")}, ""},
	} {
		s := Steady(c.findings)
		got := strings.Join(slices.Concat(s.Tests, s.Schedules), " ")
		if s.Guessed {
			got = strings.TrimSpace("? " + got)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestBlame(t *testing.T) {
	function := func(name string) finding.Location { return finding.Location{File: "bank.go", Line: 1, Function: name} }
	mending := func(functions string, tests ...string) Culprit {
		c := Culprit{Alone: true, SameSteps: true, Tests: tests}
		for _, name := range strings.Fields(functions) {
			c.Functions = append(c.Functions, function(name))
		}
		return c
	}
	several, steps := mending("Draw", "TestA", "TestB"), mending("Draw", "TestA", "TestB")
	several.Alone, steps.SameSteps = false, false
	stepsOfOne, stepsOfTwo := mending("Draw", "TestA"), mending("Draw Pay", "TestA", "TestB")
	stepsOfOne.SameSteps, stepsOfTwo.SameSteps = false, false
	a, b := always(failure("TestA", 5, "")), always(failure("TestB", 6, ""))
	one, mendingOne, mendingToo := always(failure("TestOne", 7, "")), mending("Draw", "TestOne", "TestB"), mending("Pay", "TestOne")
	mendingOne.SameSteps, mendingToo.SameSteps = false, false
	split := from(a, finding.OriginSplit, "Pay")
	sometimes := b
	sometimes.Evidence.Seen = 3
	both := always(failure("TestA", 5, ""))
	both.Evidence.Tests = []string{"TestA", "TestB"}
	dead := always(finding.Finding{Kind: finding.Deadlock, Evidence: finding.Evidence{Tests: []string{"TestB"}}})
	for name, c := range map[string]struct {
		findings []finding.Finding
		culprits []Culprit
		want     string // of each finding the function; with another one after +
	}{
		"one function":                {[]finding.Finding{a, b}, []Culprit{mending("Draw", "TestA", "TestB"), mending("Pay")}, "Draw Draw"},
		"two functions":               {[]finding.Finding{a, b}, []Culprit{mending("Draw", "TestA"), mending("Pay", "TestB")}, "Draw Pay"},
		"either of two":               {[]finding.Finding{a, b}, []Culprit{mending("Draw", "TestA", "TestB"), mending("Pay", "TestB")}, "Draw -"},
		"several things in it":        {[]finding.Finding{a, b}, []Culprit{several}, "- -"},
		"a line that is in two tests": {[]finding.Finding{both}, []Culprit{mending("Draw", "TestA")}, "-"},
		"not in every run":            {[]finding.Finding{a, sometimes}, []Culprit{mending("Draw", "TestA", "TestB")}, "Draw -"},
		"both of two":                 {[]finding.Finding{a, b}, []Culprit{mending("Draw"), mending("Pay"), mending("Draw Pay", "TestA", "TestB")}, "Draw+Pay Draw+Pay"},
		"one is known":                {[]finding.Finding{a, b}, []Culprit{mending("Draw", "TestB"), mending("Pay"), mending("Draw Pay", "TestA", "TestB")}, "Pay+Draw Draw"},
		"two pairs":                   {[]finding.Finding{a}, []Culprit{mending("Draw Pay", "TestA"), mending("Draw Book", "TestA")}, "-"},
		"a pair of which one will do": {[]finding.Finding{a}, []Culprit{mending("Draw", "TestA"), mending("Draw Pay", "TestA")}, "Draw"},
		"a guess":                     {[]finding.Finding{split}, []Culprit{mending("Draw", "TestA")}, "Draw"},
		"a guess that may be right":   {[]finding.Finding{split, b}, []Culprit{steps}, "Pay -"},
		"it may be a matter of order": {[]finding.Finding{b}, []Culprit{steps}, "-"},
		"there is but one order":      {[]finding.Finding{one, b}, []Culprit{mendingOne}, "Draw Draw"},
		"which of two is not known":   {[]finding.Finding{one, b}, []Culprit{mendingOne, mendingToo}, "- -"},
		"a pair, one in any order":    {[]finding.Finding{a, b}, []Culprit{stepsOfOne, mending("Pay"), stepsOfTwo}, "- -"},
		"what it leads to":            {[]finding.Finding{dead, a}, []Culprit{mending("Draw", "TestA", "TestB")}, "Draw Draw"},
		"nothing that says more":      {[]finding.Finding{dead}, []Culprit{mending("Draw", "TestB")}, "-"},
		"a race with the tests":       {[]finding.Finding{conflict(at(1), inTest(2), "TestB"), a}, []Culprit{mending("Draw", "TestA", "TestB")}, "Draw Draw"},
		"of another function":         {[]finding.Finding{conflict(at(1), inTest(2), "TestB"), a}, []Culprit{mending("Draw", "TestA"), mending("Pay", "TestB")}, "- Draw"},
		"a race with the tests alone": {[]finding.Finding{conflict(at(1), inTest(2), "TestB")}, []Culprit{mending("Draw", "TestB")}, "-"},
		"a race":                      {[]finding.Finding{always(conflict(at(1), at(2), "TestA"))}, []Culprit{mending("Draw", "TestA")}, "-"},
	} {
		findings := slices.Clone(c.findings)
		Blame(findings, c.culprits, []string{"TestOne"})
		var got []string
		for _, f := range findings {
			switch o := f.Origin; {
			case o == nil:
				got = append(got, "-")
			case o.With != "":
				got = append(got, o.First.Place.Function+"+"+o.With)
			default:
				got = append(got, o.First.Place.Function)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// A test is ordered when it has been explored to the end, and there was one order.
func TestOrdered(t *testing.T) {
	var s Shown
	s.Run.Coverage = []finding.Coverage{
		{Test: "TestA", Complete: true, Bound: -1, Interleavings: 1},
		{Test: "TestB", Complete: true, Bound: 1, Interleavings: 1},
		{Test: "TestC", Complete: true, Bound: -1, Interleavings: 2},
		{Test: "TestD", Complete: true, Bound: -1, Interleavings: 1, Timed: true},
		{Test: "TestE", Bound: -1, Interleavings: 1},
		{Test: "TestF", Skipped: true},
	}
	if got := s.Ordered(); !slices.Equal(got, []string{"TestA"}) {
		t.Errorf("%v are ordered", got)
	}
}

// A test passes when schedules of it were run, all of them to the end.
func TestPassing(t *testing.T) {
	s := Shown{Findings: []finding.Finding{failure("TestA/sub", 5, "")}}
	s.Run.Coverage = []finding.Coverage{
		{Test: "TestA", Schedules: 3}, {Test: "TestB", Schedules: 3}, {Test: "TestC", Skipped: true}, {Test: "TestD", Schedules: 3, Cut: 1}, {Test: "TestE"},
	}
	if got := s.Passing(); !slices.Equal(got, []string{"TestB"}) {
		t.Errorf("%v pass", got)
	}
	s.Doubt = finding.Doubtf(finding.DoubtMachine, "it was slow")
	if got := s.Passing(); len(got) > 0 {
		t.Errorf("in doubt, %v pass", got)
	}
}
