package sched

import (
	"testing/synctest"
	"time"

	"racelab/checker/labrt/wire"
)

// What the root does when no goroutine is runnable: it lets the virtual clock
// advance until a goroutine wakes up.

// waitForWakeUp lets the virtual clock advance until a goroutine wakes up. It
// returns false when the schedule has ended.
//
//go:norace
func (s *schedule) waitForWakeUp() bool {
	limit := s.timeLeft()
	s.wakesEnough()
	hide()
	s.mu.Lock()
	switch {
	case s.first == nil:
		s.stop(wire.AllEnded)
	case limit <= 0:
		s.stop(wire.TooLate)
	}
	over := s.over
	s.advancedAt = s.steps
	spinning := s.unspin()
	s.mu.Unlock()
	show()
	if over {
		return false
	}
	if spinning {
		limit = min(limit, s.nap())
	}
	tied := false
	if d := s.untilAlarm(); d > 0 && d < limit && s.loosen() {
		limit, tied = d, true
	}
	s.rests()
	if s.wokenWithin(limit) || spinning || tied {
		return true
	}
	synctest.Wait() // a goroutine may have woken up at this very instant
	return s.wokenOrEnd()
}

// rests notes that the root waits for a goroutine to wake up.
//
//go:norace
func (s *schedule) rests() {
	hide()
	s.mu.Lock()
	s.idle = true
	s.mu.Unlock()
	show()
}

// timeLeft is how much virtual time the schedule may still take.
//
//go:norace
func (s *schedule) timeLeft() time.Duration {
	if s.returned {
		return grace - time.Since(s.ended)
	}
	limit := maxVirtual
	if s.job.Scenario != "" {
		limit = maxScenario + s.extended
	}
	return limit - time.Since(s.began)
}

// wokenWithin waits until a goroutine wakes up, for limit at most, and reports
// whether one did.
//
//go:norace
func (s *schedule) wokenWithin(limit time.Duration) bool {
	timer := time.NewTimer(limit) // not hidden: the first timer of a process initialises state that package time shares
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

// wokenOrEnd reports whether a goroutine has woken up by now. If none has, it ends
// the schedule.
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

// nap is how far the clock advances when all runnable goroutines spin: a timer may
// end what they wait for. Naps grow: exponentially up to 64 ms, and again after the
// first shortNaps.
//
//go:norace
func (s *schedule) nap() time.Duration {
	s.naps++
	return time.Millisecond << min(s.naps, 6) << max(0, s.naps-shortNaps)
}

// asleep reports whether some goroutine sleeps, and so would wake up without the
// help of others.
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

// unspin resets runnable goroutines that spin, now that the clock advances. It
// reports whether there are any.
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
