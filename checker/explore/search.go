package explore

import (
	"math"

	"racelab/checker/labrt/wire"
)

// Bounds of what a search keeps in memory. One that reaches them goes on with
// what it has, and can no longer claim to have run all.
const (
	maxQueued = 1 << 18
	maxPlaces = 1 << 20
)

// Unbounded is a bound of preemptions that no schedule reaches.
const Unbounded = math.MaxInt16

// defaultCounted is up to how many preemptions a search counts them. Beyond, few
// programs can be searched in full, and those sooner without counting.
const defaultCounted = 2

// A Search runs all schedules that differ by more than the order of steps that
// commute: first those without a preemption, then those with one, those with
// two, and the rest. See the package's documentation.
type Search struct {
	test    int
	bound   int
	counted int    // preemptions are counted up to so many
	plain   bool   // without the reduction: for comparison in tests
	levels  []fifo // by preemptions
	level   int    // which is being run
	queued  int
	flying  []*item // sent and not answered yet
	known   *atlas
	record  endings
	cut     bool // some schedules were not run, or not to their end
	beyond  bool // there are schedules with more preemptions than bound
	claim   Claim
}

// NewSearch returns a search of the schedules of a test with at most bound
// preemptions, or of all when it is Unbounded.
func NewSearch(test, bound int) *Search {
	s := &Search{
		test: test, bound: bound, counted: defaultCounted, claim: noClaim,
		known: newAtlas(), record: newEndings(),
	}
	s.push(&item{at: -1})
	return s
}

// Next returns the next schedule. The queue of a level may be filled by those
// that are not answered yet; only then is it dry.
func (s *Search) Next() (wire.Job, bool) {
	for s.level < len(s.levels) {
		it, ok := s.levels[s.level].pop()
		switch {
		case ok && !s.plain && it.from != nil && s.known.stale(it.after, it.used):
			s.queued--
		case ok:
			s.queued--
			s.flying = append(s.flying, it)
			return wire.Job{Test: s.test, Policy: wire.Stay, Picks: it.picks()}, true
		case len(s.flying) > 0:
			return wire.Job{}, false
		default:
			s.dry()
		}
	}
	return wire.Job{}, false
}

// dry notes that all of a level has been run.
func (s *Search) dry() {
	s.level++
	s.known.free = s.level > s.counted
	switch last := s.level == len(s.levels); {
	case s.cut || s.known.full:
	case last && !s.beyond:
		s.claim = Claim{Unbounded, len(s.record.states)}
	case s.level <= s.counted+1:
		s.claim = Claim{s.level - 1, len(s.record.states)}
	}
}

// Ended reports whether there is nothing left to run.
func (s *Search) Ended() bool { return len(s.flying) == 0 && s.queued == 0 }

// Learn queues the alternatives of a schedule that was run.
func (s *Search) Learn(r Ran) {
	it := s.flying[0]
	s.flying = s.flying[1:]
	s.cut = s.cut || !ended(r) || polls(r.Trace)
	if r.Ending.Missed > 0 {
		s.lost()
		return
	}
	if state, ok := s.walk(it, r.Trace); ok {
		s.record.note(r, state)
	} else {
		s.lost()
	}
}
