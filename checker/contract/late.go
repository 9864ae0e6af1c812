package contract

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// lateReads is how many calls look at a change that comes to its end late.
const lateReads = 3

var lateShape = Shape{Budget: 1, Stopped: 64}

// late is a change that comes to its end late, when two others have been made or nearly, and a
// call that may see it then: what is noted behind a lock may be older than what was noted
// before.
func late(x, y int) [][]wire.Invocation {
	return [][]wire.Invocation{{{Op: x}}, {{Op: x}, {Op: x}}, {{Op: y}}}
}

// addLate adds, for each operation that changes something, scenarios in which it is late.
func (b *Book) addLate(g *generator, run Runner) error {
	reads, writes, err := g.readsAndWrites(run)
	if err != nil {
		return err
	}
	return b.addSome(g.lates(reads, writes), lateShape, mostRuns, run)
}

func (g *generator) lates(reads []wire.Invocation, writes []int) (all []wire.Scenario) {
	reads = slices.DeleteFunc(slices.Clone(reads), func(in wire.Invocation) bool { return g.terms.Ops[in.Op].Vague })
	for _, x := range writes {
		for _, y := range reads[:min(lateReads, len(reads))] {
			all = append(all, wire.Scenario{Setup: g.setup(), Threads: late(x, y.Op)})
		}
	}
	return all
}
