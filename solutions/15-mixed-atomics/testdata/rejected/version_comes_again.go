// Rejected: wrong-result
// Feedback: The version has few values: after 512 runners it is the same again, and the board believes that nothing has happened.

package marathon

import (
	"runtime"
	"sync"
	"sync/atomic"
)

type Run struct {
	mu   sync.Mutex
	v    atomic.Uint32
	f, s atomic.Int64
}

func (r *Run) add(f, s int) {
	r.mu.Lock()
	r.v.Store((r.v.Load() + 1) % 1024)
	r.f.Add(int64(f))
	r.s.Add(int64(s))
	r.v.Store((r.v.Load() + 1) % 1024)
	r.mu.Unlock()
}
func (r *Run) Board() (finishers, seconds int) {
	for {
		v := r.v.Load()
		f, s := r.f.Load(), r.s.Load()
		if v%2 == 0 && r.v.Load() == v {
			return int(f), int(s)
		}
		runtime.Gosched()
	}
}

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run { return new(Run) }

// Finish is called when a runner comes in.
func (r *Run) Finish(seconds int) { r.add(1, seconds) }

// Disqualify takes a runner out again.
func (r *Run) Disqualify(seconds int) { r.add(-1, -seconds) }
