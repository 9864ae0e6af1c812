package sched

import (
	"time"

	"racelab/checker/labrt/wire"
)

// The virtual clock stands still while a goroutine is runnable. But natively a
// runnable goroutine can wait for a processor for so long that a timer fires first.
// So where a timer can overtake a goroutine, the clock is a candidate too: when it
// is chosen, the root sleeps until the next timer.

// maxAdvance bounds how far the clock advances in total while goroutines are
// runnable. It is how long a goroutine runs before Go's own scheduler preempts it
// (forcePreemptNS in package runtime): a wait of that length is ordinary, and a
// program that relies on less is wrong. Longer timers are there to detect that
// something hangs.
//
// In a scenario of a contract they are not: the reference answers without any, and who
// answers something else because another goroutine was slow for a second is wrong. There
// it takes more than maxScenarioAdvance to notice that something hangs.
const (
	maxAdvance         = 10 * time.Millisecond
	maxScenarioAdvance = 2 * time.Second
)

// Work takes time, too: a loop that goes on until a timer stops it never blocks, and would
// not end. So where goroutines have taken longWork steps since the clock last advanced,
// each for a stepTime, which is longer than it takes natively, a timer fires that is due
// by then. That is no overtaking, and maxAdvance does not bound it.
const (
	longWork = 2_000
	stepTime = time.Microsecond
)

// worked is how long goroutines have worked since the clock last advanced; 0 unless that
// is long.
//
//go:norace
func (s *schedule) worked() time.Duration {
	if steps := s.steps - s.advancedAt; steps >= longWork {
		return time.Duration(steps) * stepTime
	}
	return 0
}

// due reports whether a timer that fires in d has to fire now because of that work.
//
//go:norace
func (s *schedule) due(d time.Duration) bool { return d > 0 && d <= s.worked() }

// An alarm is a point in time at which a timer may wake a goroutine.
type alarm struct {
	at    time.Time
	every time.Duration // 0: once
	wakes bool          // it is the end of a sleep: nothing is sent or closed
	next  *alarm
}

// alarmIn notes that a timer was set.
//
//go:norace
func (s *schedule) alarmIn(d, every time.Duration, wakes bool) {
	if d <= 0 {
		return
	}
	s.timed = true
	s.insert(&alarm{at: time.Now().Add(d), every: every, wakes: wakes})
}

// insert keeps the alarms in order of time, and of those that are alike two, which is as
// good as more (see together): a program may have made a thousand tickers, and stopped them.
//
//go:norace
func (s *schedule) insert(a *alarm) {
	at, alike := &s.alarms, 0
	for *at != nil && !a.at.Before((*at).at) {
		if o := *at; o.at.Equal(a.at) && o.every == a.every && o.wakes == a.wakes {
			alike++
		}
		at = &(*at).next
	}
	if alike > 1 {
		return
	}
	a.next, *at = *at, a
}

// untilAlarm is the time until the next timer; 0 when there is none. A stopped
// timer still counts: the clock advances and nothing wakes up.
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

// offerClock adds the clock to the first n candidates, if it may advance now. It
// returns the number of candidates.
//
//go:norace
func (s *schedule) offerClock(n int) int {
	d := s.untilAlarm()
	most := maxAdvance
	if s.job.Scenario != "" {
		most = maxScenarioAdvance
	}
	if d == 0 || (s.advanced+d > most || s.ends(d)) && !s.due(d) || s.returned {
		return n
	}
	if s.clock == nil {
		s.clock = &G{index: wire.Clock, op: wire.OpTime, class: wire.Write}
		s.chooser.arrived(s.clock)
	}
	s.ready[n] = s.clock
	return n + 1
}

// clockChosen notes that the clock was chosen: the root will let it advance.
//
//go:norace
func (s *schedule) clockChosen() {
	s.advance = s.untilAlarm()
	s.chooser.arrived(s.clock)
	if s.job.Detail {
		s.link(&event{g: s.clock, op: wire.OpTime, step: s.steps, text: s.advance.String()})
	}
}

// advanceClock lets the clock advance if it was chosen.
//
//go:norace
func (s *schedule) advanceClock() bool {
	d := s.advance
	if d == 0 {
		return false
	}
	if !s.due(d) {
		s.advanced += d
	}
	s.advance, s.advancedAt = 0, s.steps
	s.loosen()
	hide()
	time.Sleep(d)
	show()
	return true
}

// setsTimer notes that the caller sets a timer. It returns the timer's duration,
// which is longer than d if the caller polls; see shortSleep.
//
//go:norace
func setsTimer(d time.Duration) time.Duration { return sets(d, false) }

// setsSleep is setsTimer for a sleep.
//
//go:norace
func setsSleep(d time.Duration) time.Duration { return sets(d, true) }

//go:norace
func sets(d time.Duration, wakes bool) time.Duration {
	if s, g := current(); s != nil && d > 0 {
		if d = g.stretched(d); s.job.Scenario != "" {
			d = g.polled(d)
		}
		if !wakes { // a sleep that ends first is enough of another order
			d += s.late(g)
		}
		s.alarmIn(d, 0, wakes)
	}
	return d
}

// setsDeadline notes that the caller makes a context that ends after d. It returns by how
// much it ends later.
//
//go:norace
func setsDeadline(d time.Duration) time.Duration {
	s, g := current()
	if s == nil || d <= 0 {
		return 0
	}
	late := s.late(g)
	s.alarmIn(d+late, 0, false)
	return late
}

// setsTicker notes that the caller sets a ticker, and returns its period. A ticker
// with a very short period drops ticks, as it does natively for a slow receiver.
//
//go:norace
func setsTicker(d time.Duration) time.Duration {
	if s, _ := current(); s != nil && d > 0 {
		d = max(d, shortSleep)
		s.alarmIn(d, d, false)
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

// Resets returns d, the new duration of a timer that is being reset; longer if the
// caller polls.
func Resets(d time.Duration) time.Duration { return setsTimer(d) }

// ResetsTicker returns d, the new period of a ticker that is being reset; at least
// shortSleep.
func ResetsTicker(d time.Duration) time.Duration { return setsTicker(d) }
