// Accepted: both numbers are in one atomic: a runner more is a large number more.

package marathon

import "sync/atomic"

// A Run is one run.
type Run struct {
	// packed has the finishers above the seconds, of which there are at most
	// 10,000 times 100,000.
	packed atomic.Int64
}

const finisher = 1 << 40

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	r.packed.Add(finisher + int64(seconds))
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	r.packed.Add(-finisher - int64(seconds))
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	packed := r.packed.Load()
	return int(packed / finisher), int(packed % finisher)
}
