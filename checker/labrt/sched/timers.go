package sched

import (
	"time"

	"racelab/checker/labrt/wire"
)

// The virtual clock stands still as long as a goroutine can go on. But one that can
// may natively have to wait, for so long that somebody else's timer fires. So the
// clock is a candidate too, where a timer could overtake somebody: when it is
// chosen, the root sleeps until the next timer.

// maxAdvance is how long goroutines that can go on are kept waiting by the clock,
// altogether. It is how long a goroutine runs before Go's own scheduler interrupts
// it for others (forcePreemptNS in package runtime): so long a wait is nothing out
// of the ordinary, and tests and programs that rely on less are wrong. Longer
// timers are there to find out that something hangs.
const maxAdvance = 10 * time.Millisecond

// An alarm is a moment at which a timer may wake somebody.
type alarm struct {
	at    time.Time
	every time.Duration // 0: once
	next  *alarm
}

// alarmIn notes that a timer was set.
//
//go:norace
func (s *schedule) alarmIn(d, every time.Duration) {
	if d <= 0 {
		return
	}
	s.timed = true
	s.insert(&alarm{at: time.Now().Add(d), every: every})
}

// insert keeps the alarms in the order of time.
//
//go:norace
func (s *schedule) insert(a *alarm) {
	at := &s.alarms
	for *at != nil && !a.at.Before((*at).at) {
		at = &(*at).next
	}
	a.next, *at = *at, a
}

// untilAlarm is how long it is until the next timer; 0 when there is none. Timers
// that were stopped count: time passes, and nobody wakes.
//
//go:norace
func (s *schedule) untilAlarm() time.Duration {
	if s.alarms == nil {
		return 0
	}
	now := time.Now()
	for s.alarms != nil && !s.alarms.at.After(now) {
		a := s.alarms
		s.alarms = a.next
		if a.every > 0 {
			a.at = a.at.Add((now.Sub(a.at)/a.every + 1) * a.every)
			s.insert(a)
		}
	}
	if s.alarms == nil {
		return 0
	}
	return s.alarms.at.Sub(now)
}

// offerClock makes the clock a candidate, behind the first n, if it is one now.
//
//go:norace
func (s *schedule) offerClock(n int) int {
	d := s.untilAlarm()
	if d == 0 || s.advanced+d > maxAdvance || s.returned {
		return n
	}
	if s.clock == nil {
		s.clock = &G{index: wire.Clock, op: wire.OpTime, class: wire.Write}
		s.chooser.arrived(s.clock)
	}
	s.ready[n] = s.clock
	return n + 1
}

// clockChosen notes that the clock was chosen: the root lets it go on.
//
//go:norace
func (s *schedule) clockChosen() {
	s.advance = s.untilAlarm()
	s.chooser.arrived(s.clock)
	if s.job.Detail {
		s.link(&event{g: s.clock, op: wire.OpTime, step: s.steps, text: s.advance.String()})
	}
}

// advanceClock lets the clock go on if it was chosen.
//
//go:norace
func (s *schedule) advanceClock() bool {
	d := s.advance
	if d == 0 {
		return false
	}
	s.advanced += d
	s.advance = 0
	hide()
	time.Sleep(d)
	show()
	return true
}

// setsTimer notes that the caller sets a timer, and returns how long it is to run:
// longer than was asked for where the caller polls; see shortSleep.
//
//go:norace
func setsTimer(d time.Duration) time.Duration {
	if s, g := current(); s != nil {
		d = g.stretched(d)
		s.alarmIn(d, 0)
	}
	return d
}

// setsTicker notes that the caller sets a ticker, and returns its period. A very
// short one drops ticks, as for a slow receiver.
//
//go:norace
func setsTicker(d time.Duration) time.Duration {
	if s, _ := current(); s != nil && d > 0 {
		d = max(d, shortSleep)
		s.alarmIn(d, d)
	}
	return d
}

// After is time.After.
func After(d time.Duration) <-chan time.Time { return time.After(setsTimer(d)) }

// NewTimer is time.NewTimer.
func NewTimer(d time.Duration) *time.Timer { return time.NewTimer(setsTimer(d)) }

// NewTicker is time.NewTicker.
func NewTicker(d time.Duration) *time.Ticker { return time.NewTicker(setsTicker(d)) }

// Tick is time.Tick.
func Tick(d time.Duration) <-chan time.Time { return time.Tick(setsTicker(d)) }

// Resets is d, to which a timer is being reset.
func Resets(d time.Duration) time.Duration { return setsTimer(d) }

// ResetsTicker is d, to which a ticker is being reset.
func ResetsTicker(d time.Duration) time.Duration { return setsTicker(d) }
