// Rejected: wrong-result
// Feedback: There are more finishers than eight bits can count, and then they run over.

package marathon

import "sync/atomic"

// A Run is one run.
type Run struct {
	packed atomic.Uint64 // the finishers are in the upper eight bits
}

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	r.packed.Add(1<<56 + uint64(seconds))
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	r.packed.Add(-(1<<56 + uint64(seconds)))
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	packed := r.packed.Load()
	return int(packed >> 56), int(packed << 8 >> 8)
}
