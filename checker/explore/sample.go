package explore

import "racelab/checker/labrt/wire"

// A Sampler runs schedules that the run-time chooses at random, by one chooser.
// It never ends.
type Sampler struct {
	test    int
	chooser wire.Chooser
	seed    uint64
	dealt   uint64
	length  int // most steps that a schedule of the test has had
}

// NewSampler returns a sampler of wire.Random, wire.POS or wire.PCT. The same
// seed gives the same schedules.
func NewSampler(test int, chooser wire.Chooser, seed uint64) *Sampler {
	h := mix(mix(seedSample, seed), uint64(test))
	for _, c := range []byte(chooser) {
		h = mix(h, uint64(c))
	}
	return &Sampler{test: test, chooser: chooser, seed: h}
}

// depths are what PCT is tried with, in turn: most bugs need the order of two
// or three steps to be right, and the odds fall with every one.
var depths = [...]int{2, 3, 3, 4, 2, 3, 5}

// maxLuck is how much luck there is. All other schedules have none: 0. Few digits are
// easier to type.
const maxLuck = 9999

// Next returns a job with a new seed, and other luck.
func (s *Sampler) Next() (wire.Job, bool) {
	j := wire.Job{Test: s.test, Chooser: s.chooser, Seed: mix(s.seed, s.dealt)}
	j.Luck = 1 + j.Seed>>1%maxLuck // the lowest bit says more: see sched's chooser
	if s.chooser == wire.PCT {
		j.Depth = depths[s.dealt%uint64(len(depths))]
		j.Length = max(s.length, 1)
	}
	s.dealt++
	return j, true
}

// Learn hears how long schedules are, also of those that others chose.
func (s *Sampler) Learn(r Ran) { s.length = max(s.length, len(r.Trace.Steps)) }

// A sampling deals the jobs of several samplers in turn.
type sampling struct {
	of    []*Sampler
	dealt int
}

// Next returns the next sampler's job.
func (s *sampling) Next() (wire.Job, bool) {
	s.dealt++
	return s.of[s.dealt%len(s.of)].Next()
}

// Learn tells all samplers.
func (s *sampling) Learn(r Ran) {
	for _, sampler := range s.of {
		sampler.Learn(r)
	}
}

// A JobList runs given jobs, once each.
type JobList struct{ Jobs []wire.Job }

// Next returns the next job.
func (r *JobList) Next() (wire.Job, bool) {
	if len(r.Jobs) == 0 {
		return wire.Job{}, false
	}
	j := r.Jobs[0]
	r.Jobs = r.Jobs[1:]
	return j, true
}

// left reports whether there are jobs left.
func (r *JobList) left() bool { return len(r.Jobs) > 0 }

// Learn needs to hear nothing.
func (r *JobList) Learn(Ran) {}
