package explore

import (
	"time"

	"racelab/checker/labrt/wire"
)

// limits say how long a schedule may be. The first of a test is run alone, and may be long:
// that tells how long the others are. What is cut short is no failure, and nothing is known
// of it.
type limits struct {
	budget  int   // of steps, for all schedules; 0: none
	first   int   // of them, for the first
	taken   int   // steps
	longest int   // steps of a schedule so far
	flying  []int // of schedules that are not answered: how many steps they are expected to take
	answers int
}

// roomFor is how many times longer than all before a schedule may be.
const roomFor = 4

// waits reports whether no other schedule may begin before those that run have ended.
func (l *limits) waits() bool {
	return len(l.flying) > 0 && l.budget > 0 && (l.answers == 0 || l.left() <= 0)
}

// left is how many steps are left, if those that run take as many as expected.
func (l *limits) left() int {
	left := l.budget - l.taken
	for _, n := range l.flying {
		left -= n
	}
	return left
}

// begins returns the limit of the next schedule.
func (l *limits) begins() int {
	limit := wire.DefaultLimit
	switch {
	case l.budget == 0:
	case l.answers == 0:
		limit = max(limit, l.first)
	default:
		limit = max(limit, min(roomFor*l.longest, l.left()))
	}
	l.flying = append(l.flying, min(limit, l.longest))
	return limit
}

// ended takes in a schedule.
func (l *limits) ended(r Ran) {
	l.flying = l.flying[1:]
	l.answers++
	l.taken += r.Ending.Steps
	l.longest = max(l.longest, r.Ending.Steps)
}

// A Shared bounds the steps of several tests together. When they are spent, each has one
// schedule.
type Shared struct {
	Steps int
	taken int
}

func (s *Shared) take(steps int) {
	if s != nil {
		s.taken += steps
	}
}

func (s *Shared) spent() bool { return s != nil && s.taken >= s.Steps }

// An allowance bounds what is done with the failures of a test.
type allowance struct {
	steps int       // that may be taken; 0: as many as it takes
	until time.Time // on the wall clock; zero: for ever
	taken int
}

// spent reports whether nothing is left.
func (a *allowance) spent() bool {
	return a.steps > 0 && a.taken >= a.steps || !a.until.IsZero() && time.Now().After(a.until)
}
