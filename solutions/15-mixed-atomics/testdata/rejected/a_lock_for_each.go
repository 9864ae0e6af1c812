// Rejected: wrong-result
// Feedback: With a lock for each number, another one can come between the two, as before.

package marathon

import "sync"

// A Run is one run.
type Run struct {
	finishers, seconds number
}

type number struct {
	mu sync.Mutex
	n  int
}

func (n *number) add(more int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.n += more
}

func (n *number) get() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.n
}

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	r.finishers.add(1)
	r.seconds.add(seconds)
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	r.finishers.add(-1)
	r.seconds.add(-seconds)
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	return r.finishers.get(), r.seconds.get()
}
