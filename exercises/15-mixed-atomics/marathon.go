// Package marathon counts who comes in at a run, for the board at the finish. The
// mats on the ground report runners in several lanes at the same time, and the board
// looks again and again.
package marathon

import "sync/atomic"

// A Run is one run. Its fields are changed with package atomic only.
type Run struct {
	finishers atomic.Int64
	seconds   int64 // the times of all finishers together
}

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	return new(Run)
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	r.finishers.Add(1)
	atomic.AddInt64(&r.seconds, int64(seconds))
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	r.finishers.Add(-1)
	atomic.AddInt64(&r.seconds, -int64(seconds))
}

// Board returns what the board shows: how many have come in, and their seconds
// together. The board itself divides one by the other.
func (r *Run) Board() (finishers, seconds int) {
	return int(r.finishers.Load()), int(r.seconds)
}
