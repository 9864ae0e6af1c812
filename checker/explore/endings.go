package explore

import (
	"fmt"
	"hash/fnv"

	"racelab/checker/labrt/wire"
)

// endings are what is kept of the schedules of one strategy.
type endings struct {
	states       map[uint64]struct{} // in which they have ended: as many as there are interleavings
	outcomes     map[uint64]struct{} // what they showed
	undetermined int                 // how many did not do again what led to their pick
}

func newEndings() endings {
	return endings{states: map[uint64]struct{}{}, outcomes: map[uint64]struct{}{}}
}

func (e *endings) note(r Ran, state uint64) {
	if len(e.states) < maxPlaces {
		e.states[state] = struct{}{}
		e.outcomes[outcomeOf(r)] = struct{}{}
	}
}

func (e *endings) lost() { e.undetermined++ }

// outcomeOf stands for all that a schedule showed.
func outcomeOf(r Ran) uint64 {
	h := fnv.New64a()
	fmt.Fprintln(h, r.Ending.End, r.Ending.Over, r.Ending.Failed, r.Ending.Left, r.Ending.Shown)
	return h.Sum64()
}

// ended reports whether a schedule was run to its end.
func ended(r Ran) bool {
	switch r.Ending.End {
	case wire.AllEnded, wire.Stuck, wire.Crashed:
		return true
	}
	return false
}
