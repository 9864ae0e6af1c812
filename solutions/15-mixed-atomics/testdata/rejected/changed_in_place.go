// Rejected: data-race
// Feedback: The pointer is atomic, and what it points to is not: a value that others may be reading must not change any more.

package marathon

import "sync/atomic"

// A Run is one run.
type Run struct {
	now atomic.Pointer[count]
}

type count struct{ finishers, seconds int }

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	r := new(Run)
	r.now.Store(new(count))
	return r
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	now := r.now.Load()
	now.finishers++
	now.seconds += seconds
	r.now.Store(now)
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	now := r.now.Load()
	now.finishers--
	now.seconds -= seconds
	r.now.Store(now)
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	now := r.now.Load()
	return now.finishers, now.seconds
}
