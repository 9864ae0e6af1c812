// Rejected: wrong-result
// Feedback: The version changes when the numbers have changed: who reads in between sees new numbers and the old version.

package marathon

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// A Run is one run.
type Run struct {
	mu        sync.Mutex
	finishers atomic.Int64
	seconds   atomic.Int64
	version   atomic.Int64
}

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.finishers.Add(1)
	r.seconds.Add(int64(seconds))
	r.version.Add(1)
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.finishers.Add(-1)
	r.seconds.Add(-int64(seconds))
	r.version.Add(1)
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	for {
		version := r.version.Load()
		f, s := r.finishers.Load(), r.seconds.Load()
		if r.version.Load() == version {
			return int(f), int(s)
		}
		runtime.Gosched()
	}
}
