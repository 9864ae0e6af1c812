package contract

import (
	"time"

	"racelab/checker/labrt/sched"
)

// Rest lets so much time pass, on the virtual clock. Before, all goroutines do what
// they can: what has not happened by then happens only when something else does, or
// later.
func Rest(d time.Duration) { pass(d, sched.Settle) }

// pass lets d pass, by one of the scheduler's ways to rest.
func pass(d time.Duration, rest func(<-chan struct{}, time.Duration)) {
	sched.Extend(d)
	willRest(d)
	rest(nil, d)
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
	pass(d, sched.Rest)
	return true
}

// GoesOn tells that a call which makes many others one after the other has come further:
// each of them may take a while, and so many in vain may not.
//
//go:norace
func GoesOn() {
	if running != nil {
		running.told++
	}
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

// Quickly lets f make calls that nobody is to come between, as many as it takes to bring an
// object far. Together they are one step of the schedule, except where they wait for somebody.
func Quickly(f func()) {
	sched.Hurry()
	defer sched.Calm()
	f()
}
