// Rejected: data-race
// Feedback: An atomic helps only where all use it: the board still reads the plain variable while others add to it.

package marathon

import "sync/atomic"

// A Run is one run.
type Run struct {
	finishers int64
	seconds   int64
}

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	atomic.AddInt64(&r.finishers, 1)
	atomic.AddInt64(&r.seconds, int64(seconds))
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	atomic.AddInt64(&r.finishers, -1)
	atomic.AddInt64(&r.seconds, -int64(seconds))
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	return int(r.finishers), int(r.seconds)
}
