package explore

import "racelab/checker/labrt/wire"

// SlowOnce runs the schedules in which one goroutine is slow, once: before one of
// its steps all others go on for as long as they are runnable, and timers overtake it
// as far as they may. It is the mistake of programs that rely on no goroutine being slow,
// and costs a preemption for every timer, so BoundedSearch comes to it late. (A relative of
// delay-bounded scheduling: Emmi, Qadeer and Rakamaric, POPL 2011.)
type SlowOnce struct {
	test    int
	always  bool // also where no timer could overtake a goroutine
	learned bool
	queue   []wire.Job
}

// NewSlowOnce returns the strategy for a test. It has no jobs until it has heard of
// a schedule without picks in which a timer could have overtaken a goroutine.
func NewSlowOnce(test int) *SlowOnce { return &SlowOnce{test: test} }

// Next returns the next job.
func (d *SlowOnce) Next() (wire.Job, bool) {
	if len(d.queue) == 0 {
		return wire.Job{}, false
	}
	j := d.queue[0]
	d.queue = d.queue[1:]
	return j, true
}

// left reports whether there are jobs left.
func (d *SlowOnce) left() bool { return len(d.queue) > 0 }

// maxSlow bounds the schedules of a test.
const maxSlow = 100

// Learn queues a job for every step before which another goroutine could have gone.
func (d *SlowOnce) Learn(r Ran) {
	if d.learned || r.Job.Chooser != wire.Stay || len(r.Job.Picks) > 0 || !d.always && !overtakable(r.Trace) {
		return
	}
	d.learned = true
	steps := make([]int, len(r.Trace.Parents)+1)
	for _, s := range r.Trace.Steps {
		if len(s.Enabled) > 1 && len(d.queue) < maxSlow {
			d.queue = append(d.queue, wire.Job{Test: d.test, Chooser: wire.Slow, Depth: s.G, Length: *of(steps, s.G)})
		}
		*of(steps, s.G)++
	}
}
