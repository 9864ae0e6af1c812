// Rejected: wrong-result
// Feedback: The lock is given back between the two changes, and that is where the board looks.

package marathon

import (
	"sync"
	"sync/atomic"
)

// A Run is one run.
type Run struct {
	mu        sync.Mutex
	finishers atomic.Int64
	seconds   atomic.Int64
}

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	r.mu.Lock()
	r.finishers.Add(1)
	r.mu.Unlock()
	r.mu.Lock()
	r.seconds.Add(int64(seconds))
	r.mu.Unlock()
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	r.mu.Lock()
	r.finishers.Add(-1)
	r.mu.Unlock()
	r.mu.Lock()
	r.seconds.Add(-int64(seconds))
	r.mu.Unlock()
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return int(r.finishers.Load()), int(r.seconds.Load())
}
