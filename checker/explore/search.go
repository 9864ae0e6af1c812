package explore

import (
	"math"

	"racelab/checker/labrt/wire"
)

// Bounds of what a strategy keeps in memory. One that reaches them goes on with
// what it has, and can no longer claim to have run all.
const (
	maxQueued = 1 << 17
	maxPlaces = 1 << 20
)

// Unbounded is a bound of preemptions that no schedule reaches.
const Unbounded = math.MaxInt16

// A BoundedSearch runs all schedules that differ by more than the order of steps that
// commute: first those without a preemption, then those with one, and so on, up
// to a bound. See the package's documentation.
type BoundedSearch struct {
	test   int
	bound  int
	plain  bool   // without the reduction: for comparison in tests
	levels []fifo // by preemptions
	level  int    // which is being run
	queued int
	flying []*item // sent and not answered yet
	known  *visited
	ends   endings
	cut    bool // some schedules were not run, or not to their end
	beyond bool // there are schedules with more preemptions than bound
	proven Claim
}

// NewBoundedSearch returns a search of the schedules of a test with at most bound
// preemptions, or of all when it is Unbounded.
func NewBoundedSearch(test, bound int) *BoundedSearch {
	s := &BoundedSearch{test: test, bound: bound, proven: noClaim, known: newVisited(), ends: newEndings()}
	s.push(&item{at: -1})
	return s
}

// Next returns the next schedule. The queue of a level may be filled by those
// that are not answered yet; only then is it dry.
func (s *BoundedSearch) Next() (wire.Job, bool) {
	for s.level < len(s.levels) {
		it, ok := s.levels[s.level].pop()
		switch {
		case ok && !s.plain && it.from != nil && s.known.stale(it.after, it.used):
			s.queued--
		case ok:
			s.queued--
			s.flying = append(s.flying, it)
			return wire.Job{Test: s.test, Chooser: wire.Stay, Picks: it.picks()}, true
		case len(s.flying) > 0:
			return wire.Job{}, false
		default:
			s.dry()
		}
	}
	return wire.Job{}, false
}

// dry notes that all of a level has been run.
func (s *BoundedSearch) dry() {
	switch last := s.level == len(s.levels)-1; {
	case s.cut || s.known.full:
	case last && !s.beyond:
		s.proven = Claim{Unbounded, len(s.ends.states)}
	default:
		s.proven = Claim{s.level, len(s.ends.states)}
	}
	s.level++
}

// Claim is what has been run in full so far.
func (s *BoundedSearch) Claim() Claim { return s.proven }

// Learn queues the alternatives of a schedule that was run.
func (s *BoundedSearch) Learn(r Ran) {
	it := s.flying[0]
	s.flying = s.flying[1:]
	s.cut = s.cut || !ended(r) || crowded(r.Trace) || spins(r.Trace)
	if !r.Answered() {
		return
	}
	if state, ok := s.walk(it, r.Trace); ok && r.Ending.Missed == 0 {
		s.ends.note(r, state)
	} else { // what led to the pick did not come again: then nothing that was claimed holds
		s.ends.undetermined++
		s.cut, s.proven = true, noClaim
	}
}

func (s *BoundedSearch) proof() proof {
	return proof{claim: s.proven, ends: &s.ends, undetermined: s.ends.undetermined}
}
