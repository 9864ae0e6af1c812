package contract

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// throng is how many goroutines do the same: more than there are bits in a word, and than
// anybody should have places for.
const throng = 70

var throngShape = Shape{Budget: 4}

// addThrongs adds, for each operation, scenarios of a throng that does it, if no order
// makes another difference than who gets which result.
func (b *Book) addThrongs(g *generator, run Runner) error {
	var all []Try
	for _, x := range g.ops {
		all = append(all, Try{Scenario: wire.Scenario{Setup: g.setup(), Threads: slices.Repeat([][]wire.Invocation{{{Op: x}}}, throng)}})
	}
	histories, err := run(all)
	if err != nil {
		return err
	}
	var whole []wire.Scenario
	for i, h := range histories {
		if known(h) && (inOnePart(h) || len(results(h)) == 1) {
			whole = append(whole, all[i].Scenario)
		}
	}
	sketches, err := sketch(whole, run)
	for i, s := range sketches {
		if s.alike() {
			b.Concurrent = append(b.Concurrent, Spec{Scenario: whole[i].String(), Budget: throngShape.Budget, Alike: true, Runs: s.Runs[:1]})
		}
	}
	return err
}

// inOnePart reports whether each call happened at one moment, or at two with a callback
// between them. Then all that its like can see of it is whether they come before, after or
// meanwhile, and a sketch has all of that.
func inOnePart(h wire.History) bool {
	turns := make([]int, len(h.Calls))
	for _, thread := range h.Order {
		turns[thread]++
	}
	return !slices.ContainsFunc(h.Calls, func(c wire.CallRecord) bool {
		return !c.Finally && turns[c.Thread] > 1+min(c.Held, 1)
	})
}

// results are those of the calls that goroutines made.
func results(h wire.History) []string {
	var all []string
	for _, c := range h.Calls {
		if !c.Finally && !slices.Contains(all, c.Result) {
			all = append(all, c.Result)
		}
	}
	return all
}

func (s Spec) alike() bool {
	return !slices.ContainsFunc(s.Runs, func(r wire.History) bool { return !known(r) || !asMany(s.Runs[0], r) })
}
