// Accepted: those who count may do so at the same time, with atomics; who reads keeps them all out.

package marathon

import (
	"sync"
	"sync/atomic"
)

// A Run is one run.
type Run struct {
	counting  sync.RWMutex // held with RLock by those who count
	finishers atomic.Int64
	seconds   atomic.Int64
}

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	r.counting.RLock()
	defer r.counting.RUnlock()
	r.finishers.Add(1)
	r.seconds.Add(int64(seconds))
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	r.counting.RLock()
	defer r.counting.RUnlock()
	r.finishers.Add(-1)
	r.seconds.Add(-int64(seconds))
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	r.counting.Lock()
	defer r.counting.Unlock()
	return int(r.finishers.Load()), int(r.seconds.Load())
}
