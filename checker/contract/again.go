package contract

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// What somebody reads may be the same again after two changes, though something else is
// not: whoever takes that for a sign that nothing has happened is wrong (the ABA problem:
// Treiber, IBM RJ 5118, 1986). Such pairs of changes are rare among all pairs, so they are
// looked for.

// againEach is beside how many of such pairs each operation is tried.
const againEach = 4

var againShape = Shape{Budget: 1, Slow: 16}

// A disguise is two changes in a setup, after which some call returns what it returned
// before and not what it returned in between.
type disguise struct{ setup, y, z int }

// addAgain adds, for each operation, scenarios in which it is slow and two changes disguise
// that there was one.
func (b *Book) addAgain(g *generator, run Runner) error {
	disguises, err := g.disguises(run)
	if err != nil {
		return err
	}
	var all []wire.Scenario
	for _, x := range g.ops {
		g.rand.Shuffle(len(disguises), func(i, j int) { disguises[i], disguises[j] = disguises[j], disguises[i] })
		for _, d := range disguises[:min(againEach, len(disguises))] {
			all = append(all, wire.Scenario{Setup: d.setup, Threads: witness(x, d.y, d.z)})
		}
	}
	return b.addSome(all, againShape, pairRuns, run)
}

func (g *generator) disguises(run Runner) ([]disguise, error) {
	reads, writes, err := g.readsAndWrites(run)
	if err != nil {
		return nil, err
	}
	var all []disguise
	var tries []Try
	for _, y := range writes {
		for _, z := range writes {
			for setup := range g.terms.Setups {
				thread := slices.Concat(reads, thread(y), reads, thread(z), reads)
				all = append(all, disguise{setup, y, z})
				tries = append(tries, Try{Scenario: wire.Scenario{Setup: setup, Threads: [][]wire.Invocation{thread}}})
			}
		}
	}
	histories, err := run(tries)
	if err != nil {
		return nil, err
	}
	var found []disguise
	for i, h := range histories {
		if disguised(h, len(reads)) {
			found = append(found, all[i])
		}
	}
	return found, nil
}

func thread(op int) []wire.Invocation { return []wire.Invocation{{Op: op}} }

// disguised reports whether one of so many reads has the same result before and after two
// changes, and another one in between, and one has not.
func disguised(h wire.History, reads int) bool {
	if !known(h) || pending(h.Calls[2*reads+1]) {
		return false
	}
	again, changed := false, false
	for i := range reads {
		before, between, after := h.Calls[i].Result, h.Calls[i+reads+1].Result, h.Calls[i+2*reads+2].Result
		again = again || before == after && before != between
		changed = changed || before != after
	}
	return again && changed
}

// readsAndWrites tells operations that change nothing from others: a read leaves what the
// last calls return as it was, in all setups.
func (g *generator) readsAndWrites(run Runner) (reads []wire.Invocation, writes []int, err error) {
	var tries []Try
	for setup := range g.terms.Setups {
		tries = append(tries, Try{Scenario: wire.Scenario{Setup: setup, Threads: [][]wire.Invocation{{}}}})
		for _, op := range g.ops {
			tries = append(tries, Try{Scenario: wire.Scenario{Setup: setup, Threads: [][]wire.Invocation{thread(op)}}})
		}
	}
	histories, err := run(tries)
	if err != nil {
		return nil, nil, err
	}
	each := 1 + len(g.ops)
	for i, op := range g.ops {
		reading := true
		for setup := range g.terms.Setups {
			nothing, one := histories[setup*each], histories[setup*each+1+i]
			reading = reading && known(one) && one.Calls[0].Result != "" && slices.Equal(lastResults(nothing), lastResults(one))
		}
		if reading {
			reads = append(reads, wire.Invocation{Op: op})
		} else {
			writes = append(writes, op)
		}
	}
	return reads, writes, nil
}

// lastResults are what the last calls return.
func lastResults(h wire.History) (all []string) {
	for _, c := range h.Calls {
		if c.Finally {
			all = append(all, c.Result)
		}
	}
	return all
}
