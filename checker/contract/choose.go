package contract

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// A meeting is two operations that two goroutines make at the same time.
type meeting struct {
	a, b int
	hold wire.Hold // of a
}

// meetings are those of the scenarios that have been chosen.
type meetings map[meeting]bool

// choose chooses the scenarios that are explored: always the one with most meetings
// that none has had so far, and among equals the one in which it matters most who
// comes first. Small ones are not at a disadvantage: they are chosen before larger ones
// are thought of.
func (m meetings) choose(all []Spec, keep int) []Spec {
	type candidate struct {
		Spec
		meets   []meeting
		answers int
	}
	rest := make([]candidate, 0, len(all))
	for _, s := range all {
		rest = append(rest, candidate{s, s.meetings(), s.answers()})
	}
	slices.SortStableFunc(rest, func(x, y candidate) int { return y.answers - x.answers })
	var chosen []Spec
	for len(chosen) < keep && len(rest) > 0 {
		best, most := 0, -1
		for i, c := range rest {
			if n := m.unknown(c.meets); n > most {
				best, most = i, n
			}
		}
		for _, x := range rest[best].meets {
			m[x] = true
		}
		chosen = append(chosen, rest[best].Spec)
		rest = slices.Delete(rest, best, best+1)
	}
	return chosen
}

func (m meetings) unknown(all []meeting) (n int) {
	for _, x := range all {
		if !m[x] {
			n++
		}
	}
	return n
}

// meetings are those of a scenario, each once.
func (s Spec) meetings() []meeting {
	scenario, err := wire.ParseScenario(s.Scenario)
	if err != nil {
		return nil
	}
	var all []meeting
	for i, thread := range scenario.Threads {
		for _, other := range scenario.Threads[i+1:] {
			for _, x := range thread {
				for _, y := range other {
					meets := meeting{x.Op, y.Op, x.Hold}
					if x.Hold == wire.NoHold {
						meets = meeting{min(x.Op, y.Op), max(x.Op, y.Op), wire.NoHold}
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
