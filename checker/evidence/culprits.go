package evidence

import (
	"slices"
	"strings"

	"racelab/checker/finding"
)

// A Culprit is a function of the learner's, or two of them, without which things go right:
// with the reference solution's bodies in their place.
type Culprit struct {
	Functions []finding.Location
	// Alone is set when not more than one thing can be wrong in each of them, and SameSteps
	// when that thing orders no goroutines.
	Alone, SameSteps bool
	// Tests are those that pass then, and Schedules are of scenarios that do.
	Tests, Schedules []string
}

// An Unexplained is what fails and may come of a function that does the wrong thing.
type Unexplained struct {
	// Tests fail in every run, with a wrong result or what may come of one, or read what the
	// learner's code still writes, and show nothing else. Schedules are of scenarios with a
	// wrong result.
	Tests, Schedules []string
	// Guessed is set when all of it is thought to come of something else.
	Guessed bool
}

// Steady is what of findings is unexplained; nothing where no result is wrong.
func Steady(findings []finding.Finding) Unexplained {
	out, results, others := Unexplained{Guessed: true}, 0, []string{}
	for _, f := range findings {
		scenario := f.Evidence.Scenario != nil
		switch {
		case !mayComeOfOne(f):
			others = append(others, topTests(f)...)
			continue
		case !scenario && !isSteady(f) && !handsOut(f):
			continue
		case scenario:
			out.Schedules = append(out.Schedules, f.Evidence.Schedule)
		default:
			out.Tests = append(out.Tests, topTests(f)...)
		}
		if f.Kind == finding.WrongResult {
			results++
			out.Guessed = out.Guessed && f.Origin != nil
		}
	}
	if results == 0 {
		return Unexplained{}
	}
	slices.Sort(out.Tests)
	out.Tests = slices.DeleteFunc(slices.Compact(out.Tests), func(test string) bool { return slices.Contains(others, test) })
	return out
}

// mayComeOfOne reports whether f may come of a function that does the wrong thing, as far as
// is known, and not guessed.
func mayComeOfOne(f finding.Finding) bool {
	if f.Origin != nil && !f.Origin.IsGuess() {
		return false
	}
	switch f.Kind {
	case finding.WrongResult:
		return true
	case finding.Deadlock, finding.GoroutineLeak, finding.Panic:
		return f.Evidence.Scenario == nil && keeperOf(&f) == nil
	}
	return handsOut(f)
}

// handsOut reports whether f is a data race between the learner's code and what the tests do
// themselves: they have something from a function of the learner's, or gave it to one.
func handsOut(f finding.Finding) bool {
	c := f.Fact.Conflict
	if f.Kind != finding.DataRace || c == nil || c.Second == nil || f.Evidence.Scenario != nil {
		return false
	}
	inTests := func(a finding.Access) bool {
		return a.Exact == finding.AtLine && strings.HasSuffix(a.Place.File, "_test.go")
	}
	return !c.First.Given() && !inTests(c.First) && inTests(*c.Second)
}

// isSteady reports whether every run showed f, or every schedule.
func isSteady(f finding.Finding) bool {
	return f.Evidence.Runs > 0 && f.Evidence.Seen >= f.Evidence.Runs
}

// topTests are the tests that showed f; of subtests, those that they belong to.
func topTests(f finding.Finding) []string {
	var out []string
	for _, test := range testsOf(f) {
		top, _, _ := strings.Cut(test, "/")
		out = append(out, top)
	}
	return out
}

// Blame says of findings that they come of a function, where the tests or the scenario that
// show them go right with another body of it, and with no other function's; or with those of
// two functions, and no fewer. So whoever mends all that is blamed on a function sees what
// else is wrong. Where several things may be wrong in the function, there may be as many
// defects, and nothing is said. Nor is it where the order of the goroutines may matter: ordered
// are the tests in which it does not.
func Blame(findings []finding.Finding, culprits []Culprit, ordered []string) {
	b := blame{culprits: culprits, ordered: ordered}
	for _, results := range []bool{true, false} { // what may come of a wrong result needs one
		for _, functions := range []int{1, 2} {
			b.known = slices.Clone(b.blamed)
			for i := range findings {
				if f := &findings[i]; (f.Kind == finding.WrongResult) == results && mayComeOfOne(*f) && (isSteady(*f) || f.Evidence.Scenario != nil || handsOut(*f)) {
					b.put(f, functions)
				}
			}
		}
	}
}

// A blame is what functions are blamed for.
type blame struct {
	culprits []Culprit
	ordered  []string           // tests that do the same in every order of their goroutines
	blamed   []finding.Location // those of which some wrong result comes
	known    []finding.Location // those of them that were known before this turn
}

// put blames a finding on one culprit of so many functions, if there is one.
func (b *blame) put(f *finding.Finding, functions int) {
	if f.Origin != nil && f.Origin.Kind == finding.OriginFunction {
		return
	}
	var to []Culprit
	for _, c := range b.culprits {
		if c.mends(*f) && len(c.Functions) <= functions {
			to = append(to, c)
		}
	}
	if len(to) != 1 || len(to[0].Functions) < functions || !to[0].Alone || f.Origin != nil && !to[0].SameSteps ||
		slices.ContainsFunc(to[0].Functions, func(fn finding.Location) bool { return !b.isWrongAlways(fn) }) {
		return
	}
	at, with := to[0].Functions[0], ""
	if functions == 2 {
		other := to[0].Functions[1]
		if slices.Contains(b.known, at) && !slices.Contains(b.known, other) { // what is known to be wrong does not do it
			at, other = other, at
		}
		with = other.Function
	}
	if f.Kind != finding.WrongResult && !slices.Contains(b.blamed, at) {
		return
	}
	b.blamed = append(b.blamed, at)
	f.Origin = &finding.Origin{Kind: finding.OriginFunction, First: finding.Use{Place: at}, With: with}
}

// isWrongAlways reports whether a function goes wrong whatever the order of the goroutines: what
// is wrong in it orders none, or a test needs it to be right in which there is but one order.
func (b *blame) isWrongAlways(fn finding.Location) bool {
	if slices.ContainsFunc(b.culprits, func(c Culprit) bool { return len(c.Functions) == 1 && c.Functions[0] == fn && c.SameSteps }) {
		return true
	}
	return slices.ContainsFunc(b.ordered, func(test string) bool {
		var to []Culprit
		for n := 1; n <= 2 && len(to) == 0; n++ {
			for _, c := range b.culprits {
				if len(c.Functions) == n && slices.Contains(c.Tests, test) {
					to = append(to, c)
				}
			}
		}
		return len(to) == 1 && slices.Contains(to[0].Functions, fn)
	})
}

// mends reports whether all that shows f goes right without the culprit.
func (c Culprit) mends(f finding.Finding) bool {
	if f.Evidence.Scenario != nil {
		return slices.Contains(c.Schedules, f.Evidence.Schedule)
	}
	tests := topTests(f)
	return len(tests) > 0 && !slices.ContainsFunc(tests, func(test string) bool { return !slices.Contains(c.Tests, test) })
}
