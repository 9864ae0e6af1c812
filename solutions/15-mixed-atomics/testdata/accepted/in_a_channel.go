// Accepted: both numbers lie in a channel with room for one, and whoever needs them takes them out.

package marathon

// A Run is one run.
type Run struct {
	count chan count
}

type count struct{ finishers, seconds int }

// NewRun returns a run in which nobody has come in yet.
func NewRun() *Run {
	r := &Run{count: make(chan count, 1)}
	r.count <- count{}
	return r
}

// Finish is called when a runner comes in, who took so many seconds.
func (r *Run) Finish(seconds int) {
	c := <-r.count
	r.count <- count{c.finishers + 1, c.seconds + seconds}
}

// Disqualify takes a runner out again, who has come in after so many seconds.
func (r *Run) Disqualify(seconds int) {
	c := <-r.count
	r.count <- count{c.finishers - 1, c.seconds - seconds}
}

// Board returns what the board shows: how many have come in, and their seconds
// together.
func (r *Run) Board() (finishers, seconds int) {
	c := <-r.count
	r.count <- c
	return c.finishers, c.seconds
}
