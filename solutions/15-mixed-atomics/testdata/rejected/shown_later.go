// Rejected: wrong-result
// Feedback: A runner who is in must be on the board at the next look, and not when some goroutine gets round to it.

package marathon

import (
	"sync"
	"sync/atomic"
)

// A Run is one run.
type Run struct {
	mu                 sync.Mutex
	finishers, seconds int
	shown              atomic.Pointer[count]
}

type count struct{ finishers, seconds int }

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	r := new(Run)
	r.shown.Store(new(count))
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
	r.mu.Lock()
	defer r.mu.Unlock()
	r.finishers += finishers
	r.seconds += seconds
	go r.show()
}

func (r *Run) show() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shown.Store(&count{r.finishers, r.seconds})
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	now := r.shown.Load()
	return now.finishers, now.seconds
}
