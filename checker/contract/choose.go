package contract

import (
	"maps"
	"slices"

	"racelab/checker/labrt/wire"
)

// A meeting is two operations that two goroutines make at the same time.
type meeting struct {
	a, b  int
	hold  wire.Hold // of a
	setup int       // anySetup, or where the order of the two makes a difference
}

const anySetup = -1

// meetings are those of the scenarios that have been chosen.
type meetings map[meeting]bool

// A candidate is a scenario that may be explored.
type candidate struct {
	wire.Scenario
	meets    []meeting
	outcomes int // how many a few orders have: with one, it may not matter who comes first
}

func byOutcomes(x, y candidate) int { return y.outcomes - x.outcomes }

// bySimplicity is for what shows when a call does one thing, and not when it does it twice.
func bySimplicity(x, y candidate) int { return x.outcomes - y.outcomes }

// choose chooses the scenarios that are explored: always the one with most meetings
// that none has had so far, and among equals the one with most outcomes. Small ones are
// not at a disadvantage: they are chosen before larger ones are thought of. Others take
// the place of those that specify leaves out.
func (m meetings) choose(rest []candidate, shape Shape, specify func([]wire.Scenario) ([]Spec, error)) (chosen []Spec, err error) {
	slices.SortStableFunc(rest, byOutcomes)
	for {
		var picked []candidate
		if picked, rest = m.pick(rest, shape, len(chosen)); len(picked) == 0 {
			return chosen, nil
		}
		var scenarios []wire.Scenario
		for _, c := range picked {
			scenarios = append(scenarios, c.Scenario)
		}
		specs, err := specify(scenarios)
		if err != nil {
			return nil, err
		}
		for i, s := range specs {
			if !s.leftOut() {
				chosen = append(chosen, s)
				m.have(picked[i].meets)
			}
		}
	}
}

// pick picks what choose would choose if none were left out, when it has chosen some.
func (m meetings) pick(rest []candidate, shape Shape, chosen int) (picked, others []candidate) {
	m = maps.Clone(m)
	for len(rest) > 0 {
		best, most := 0, -1
		for i, c := range rest {
			if n := m.unknown(c.meets); n > most {
				best, most = i, n
			}
		}
		if chosen+len(picked) >= shape.Keep && (most == 0 || !shape.All) {
			break
		}
		picked = append(picked, rest[best])
		m.have(rest[best].meets)
		rest = slices.Delete(rest, best, best+1)
	}
	return picked, rest
}

func (m meetings) have(all []meeting) {
	for _, x := range all {
		m[x] = true
	}
}

func (m meetings) unknown(all []meeting) (n int) {
	for _, x := range all {
		if !m[x] {
			n++
		}
	}
	return n
}

// A candidate's meetings are those of its scenario. Where the order makes a difference,
// they are something else in each setup.
func newCandidate(scenario wire.Scenario, outcomes int) candidate {
	c := candidate{Scenario: scenario, meets: meet(scenario), outcomes: outcomes}
	if outcomes > 1 {
		for _, m := range c.meets {
			m.setup = scenario.Setup
			c.meets = append(c.meets, m)
		}
	}
	return c
}

// meet are the meetings of a scenario in any setup, each once.
func meet(scenario wire.Scenario) (all []meeting) {
	for i, thread := range scenario.Threads {
		for _, other := range scenario.Threads[i+1:] {
			for _, x := range thread {
				for _, y := range other {
					meets := meeting{x.Op, y.Op, x.Hold, anySetup}
					if x.Hold == wire.NoHold {
						meets = meeting{min(x.Op, y.Op), max(x.Op, y.Op), wire.NoHold, anySetup}
					}
					if !slices.Contains(all, meets) {
						all = append(all, meets)
					}
				}
			}
		}
	}
	return all
}
