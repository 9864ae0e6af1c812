// Accepted: both numbers are one value that nobody changes; whoever adds to it puts another one in its place.

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
	r.add(1, seconds)
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	r.add(-1, -seconds)
}

func (r *Run) add(finishers, seconds int) {
	for {
		old := r.now.Load()
		if r.now.CompareAndSwap(old, &count{old.finishers + finishers, old.seconds + seconds}) {
			return
		}
	}
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	now := r.now.Load()
	return now.finishers, now.seconds
}
