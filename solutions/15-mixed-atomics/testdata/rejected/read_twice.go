// Rejected: wrong-result
// Feedback: Two equal readings can both be wrong, if somebody is slow between the two changes.

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
	r.finishers.Add(1)
	r.seconds.Add(int64(seconds))
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	r.finishers.Add(-1)
	r.seconds.Add(-int64(seconds))
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	f, s := r.finishers.Load(), r.seconds.Load()
	for {
		f2, s2 := r.finishers.Load(), r.seconds.Load()
		if f == f2 && s == s2 {
			return int(f), int(s)
		}
		f, s = f2, s2
	}
}
