// Rejected: wrong-result
// Feedback: In whatever order the two numbers change, between them there is a moment at which they do not belong together.

package marathon

import "sync/atomic"

// A Run is one run.
type Run struct {
	finishers atomic.Int64
	seconds   atomic.Int64
}

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	r.seconds.Add(int64(seconds))
	r.finishers.Add(1)
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	r.finishers.Add(-1)
	r.seconds.Add(-int64(seconds))
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	return int(r.finishers.Load()), int(r.seconds.Load())
}
