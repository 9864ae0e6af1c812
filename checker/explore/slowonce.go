package explore

import (
	"math/rand/v2"

	"racelab/checker/labrt/wire"
)

// SlowOnce runs the schedules in which one goroutine is slow, once: before one of
// its steps all others go on for as long as they are runnable, and timers overtake it
// as far as they may. It is the mistake of programs that rely on no goroutine being slow,
// and costs a preemption for every timer, so BoundedSearch comes to it late. (A relative of
// delay-bounded scheduling: Emmi, Qadeer and Rakamaric, POPL 2011.)
type SlowOnce struct {
	JobList // what is left
	test    int
	always  bool       // also where no timer could overtake a goroutine
	rand    *rand.Rand // shuffles the jobs of each goroutine; nil: they are in the order of the steps
	learned bool
}

// NewSlowOnce returns the strategy for a test. It has no jobs until it has heard of
// a schedule without picks in which a timer could have overtaken a goroutine.
func NewSlowOnce(test int) *SlowOnce { return &SlowOnce{test: test} }

// maxSlow bounds the schedules of a test.
const maxSlow = 100

// Learn queues a job for every step before which another goroutine could have gone: first
// for those before which a timer could have fired, too.
func (d *SlowOnce) Learn(r Ran) {
	if d.learned || r.Job.Chooser != wire.Stay || len(r.Job.Picks) > 0 || !d.always && !overtakable(r.Trace) {
		return
	}
	d.learned = true
	var soon, others []wire.Job
	steps := make([]int, len(r.Trace.Parents)+1)
	for _, s := range r.Trace.Steps {
		j := wire.Job{Test: d.test, Chooser: wire.Slow, Depth: s.G, Length: *of(steps, s.G), Vain: vainIn(r)}
		switch {
		case len(s.Enabled) < 2:
		case offersClock(s):
			soon = append(soon, j)
		default:
			others = append(others, j)
		}
		*of(steps, s.G)++
	}
	d.Jobs = append(d.inTurn(soon), d.inTurn(others)...)
	d.Jobs = d.Jobs[:min(maxSlow, len(d.Jobs))]
}

// inTurn shuffles jobs, if any will do, and has one of each goroutine in turn: what one does
// in a few steps is as important as a loop of another.
func (d *SlowOnce) inTurn(jobs []wire.Job) []wire.Job {
	if d.rand == nil {
		return jobs
	}
	d.rand.Shuffle(len(jobs), func(i, j int) { jobs[i], jobs[j] = jobs[j], jobs[i] })
	of := map[int][]wire.Job{}
	var turns []int // goroutines
	for _, j := range jobs {
		if len(of[j.Depth]) == 0 {
			turns = append(turns, j.Depth)
		}
		of[j.Depth] = append(of[j.Depth], j)
	}
	var all []wire.Job
	for n := 0; len(all) < len(jobs); n++ {
		for _, g := range turns {
			if n < len(of[g]) {
				all = append(all, of[g][n])
			}
		}
	}
	return all
}
