package contract

import (
	"time"

	"racelab/checker/labrt/sched"
)

// Rest lets so much time pass, on the virtual clock. Before, all goroutines do what
// they can: what has not happened by then happens only when something else does, or
// later.
func Rest(d time.Duration) {
	sched.Extend(d)
	willRest(d)
	sched.Settle(nil, d)
}

// longLull is the longest time that somebody waits until a timer is about to fire. A
// timer that is set for longer is there for what never happens.
const longLull = time.Hour

// lull waits until the next timer is about to fire. It reports whether there is one.
func lull() bool {
	d := sched.UntilTimer()
	if d == 0 || d > longLull {
		return false
	}
	sched.Extend(d)
	willRest(d)
	sched.Rest(nil, d)
	return true
}

//go:norace
func willRest(d time.Duration) {
	if running == nil {
		return
	}
	running.rested++
	if until := time.Now().Add(d); running.rests.Before(until) {
		running.rests = until
	}
}

// resting is for how long somebody still rests, as far as is known; below zero, since
// when nobody does.
//
//go:norace
func (r *Run) resting() time.Duration { return time.Until(r.rests) }
