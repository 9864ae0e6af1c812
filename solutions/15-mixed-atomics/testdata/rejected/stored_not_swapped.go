// Rejected: wrong-result
// Feedback: Load and Store are two steps: who stores what he has added to an old value throws away what was added meanwhile.

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
	old := r.now.Load()
	r.now.Store(&count{old.finishers + 1, old.seconds + seconds})
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	old := r.now.Load()
	r.now.Store(&count{old.finishers - 1, old.seconds - seconds})
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	now := r.now.Load()
	return now.finishers, now.seconds
}
