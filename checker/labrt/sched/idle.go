package sched

import (
	"testing/synctest"
	"time"

	"racelab/checker/labrt/wire"
)

// What the root does when nobody can go on: time passes until somebody wakes up.

// waitForWakeUp lets the virtual clock go on until somebody wakes up. It
// returns false when the schedule has ended.
//
//go:norace
func (s *schedule) waitForWakeUp() bool {
	limit := s.timeLeft()
	hide()
	s.mu.Lock()
	switch {
	case s.first == nil:
		s.stop(wire.AllEnded)
	case limit <= 0:
		s.stop(wire.TooLate)
	}
	over := s.over
	spinning := s.unspin()
	s.idle = !over
	s.mu.Unlock()
	show()
	if over {
		return false
	}
	if spinning {
		limit = min(limit, s.nap())
	}
	if s.wokenWithin(limit) || spinning {
		return true
	}
	synctest.Wait() // those who woke up at the very same time count
	return s.wokenOrEnd()
}

// timeLeft is how long the schedule may still take on the virtual clock.
//
//go:norace
func (s *schedule) timeLeft() time.Duration {
	if s.returned {
		return grace - time.Since(s.ended)
	}
	return maxVirtual - time.Since(s.began)
}

// wokenWithin waits for somebody to wake up, up to a limit.
//
//go:norace
func (s *schedule) wokenWithin(limit time.Duration) bool {
	timer := time.NewTimer(limit) // not hidden: the first one in a process fills in what package time shares
	defer timer.Stop()
	hide()
	defer show()
	select {
	case <-s.woken:
		return true
	case <-timer.C:
		return false
	}
}

// wokenOrEnd ends the schedule if nobody has woken up.
//
//go:norace
func (s *schedule) wokenOrEnd() bool {
	hide()
	defer show()
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.woken:
		return true
	default:
	}
	if !s.returned && s.asleep() {
		s.stop(wire.TooLate)
	} else {
		s.stop(wire.Stuck)
	}
	return false
}

// nap is by how much the clock goes on for those who do things in vain: there may
// be timers that they wait for.
//
//go:norace
func (s *schedule) nap() time.Duration {
	s.naps++
	return time.Millisecond << min(s.naps, 6) << max(0, s.naps-shortNaps)
}

// asleep reports whether somebody would wake up by himself some day.
//
//go:norace
func (s *schedule) asleep() bool {
	for g := s.first; g != nil; g = g.next {
		if g.state == blocked && g.op == wire.OpSleep {
			return true
		}
	}
	return false
}

// unspin forgives those who can go on but do so in vain, now that the clock
// goes on. It returns whether there are any.
//
//go:norace
func (s *schedule) unspin() bool {
	found := false
	for g := s.first; g != nil; g = g.next {
		if g.state == parked && g.spin >= idleSpinLimit {
			g.spin, found = 0, true
		}
	}
	return found
}
