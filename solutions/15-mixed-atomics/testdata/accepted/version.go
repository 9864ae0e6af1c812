// Accepted: who reads looks whether anything has changed meanwhile, and then reads again.

package marathon

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// A Run is one run.
type Run struct {
	mu        sync.Mutex   // held by the one who counts
	version   atomic.Int64 // odd while somebody counts, and never the same again
	finishers atomic.Int64
	seconds   atomic.Int64
}

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
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
	r.version.Add(1)
	r.finishers.Add(int64(finishers))
	r.seconds.Add(int64(seconds))
	r.version.Add(1)
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	for {
		version := r.version.Load()
		f, s := r.finishers.Load(), r.seconds.Load()
		if version%2 == 0 && r.version.Load() == version {
			return int(f), int(s)
		}
		runtime.Gosched()
	}
}
