// Rejected: wrong-result
// Feedback: All runs share the two numbers now, and there may be several runs on one day.

package marathon

import "sync"

// A Run is one run.
type Run struct{}

var (
	mu                 sync.Mutex
	finishers, seconds int
)

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	add(1, seconds)
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	add(-1, -seconds)
}

func add(f, s int) {
	mu.Lock()
	defer mu.Unlock()
	finishers += f
	seconds += s
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (int, int) {
	mu.Lock()
	defer mu.Unlock()
	return finishers, seconds
}
