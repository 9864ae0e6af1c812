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
	sched.Settle(d)
}

//go:norace
func willRest(d time.Duration) {
	if until := time.Now().Add(d); running != nil && running.rests.Before(until) {
		running.rests = until
	}
}

// resting is for how long somebody still rests, as far as is known; below zero, since
// when nobody does.
//
//go:norace
func (r *Run) resting() time.Duration { return time.Until(r.rests) }
