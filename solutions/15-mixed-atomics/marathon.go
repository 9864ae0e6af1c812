// Package marathon counts who comes in at a run, for the board at the finish. The
// mats on the ground report runners in several lanes at the same time, and the board
// looks again and again.
package marathon

import "sync"

// A Run is one run.
type Run struct {
	// mu guards both numbers, because they say something only together. With two atomics
	// each would be right at every moment, and whoever reads both would read them at two
	// moments.
	mu        sync.Mutex
	finishers int
	seconds   int // the times of all finishers together
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
	r.finishers += finishers
	r.seconds += seconds
}

// Board returns what the board shows: how many have come in, and their seconds
// together. The board itself divides one by the other.
func (r *Run) Board() (finishers, seconds int) {
	// Who only reads needs the lock, too: it keeps the others out between the two reads.
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.finishers, r.seconds
}
