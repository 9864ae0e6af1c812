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

// A proof is what a strategy says that it has run in full, and what it rests on.
type proof struct {
	claim        Claim
	ends         *endings
	undetermined int
	timely       bool // only of schedules in which no timer overtakes a goroutine
}

// A prover is a strategy that can run schedules in full.
type prover interface{ proof() proof }

// seenEndings are what all schedules of a test have shown, each with the fewest
// preemptions with which it was.
type seenEndings struct{ states, outcomes map[seenEnding]int }

// A seenEnding is a state or an outcome.
type seenEnding struct {
	hash uint64
	late bool // a timer overtook a goroutine
}

func newSeenEndings() seenEndings {
	return seenEndings{states: map[seenEnding]int{}, outcomes: map[seenEnding]int{}}
}

func (s *seenEndings) note(r Ran) {
	if !ended(r) || len(s.states) >= maxPlaces || r.Job.Luck > 0 && r.Ending.Drawn { // of other luck nothing is claimed
		return
	}
	_, preemptions := PicksOf(r.Trace)
	late := Overtakes(r.Trace)
	least(s.states, seenEnding{stateOf(r.Trace), late}, preemptions)
	if r.Ending.Races == 0 { // else what it showed may have come by the race
		least(s.outcomes, seenEnding{outcomeOf(r), late}, preemptions)
	}
}

func least(of map[seenEnding]int, key seenEnding, n int) {
	if before, ok := of[key]; !ok || n < before {
		of[key] = n
	}
}

// against counts what a proof should have come by, and has not.
func (s *seenEndings) against(p proof) (n int) {
	missed := func(seen map[seenEnding]int, known map[uint64]struct{}) {
		for at, preemptions := range seen {
			if _, ok := known[at.hash]; !ok && preemptions <= p.claim.Bound && !(at.late && p.timely) {
				n++
			}
		}
	}
	missed(s.states, p.ends.states)
	missed(s.outcomes, p.ends.outcomes)
	return n
}

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
