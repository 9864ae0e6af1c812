package explore

import "racelab/checker/labrt/wire"

// A Plan is the strategy for a test that nothing is known of. It runs all
// interleavings if there are few enough, else those with few preemptions, and
// samples besides: where there are many interleavings a sample finds sooner what
// is rare, and samples put to the test what is claimed.
type Plan struct {
	dpor     *DPOR
	search   *BoundedSearch
	delays   *Delays // where timers could overtake a goroutine
	samplers []*Sampler
	dealt    int
	sampled  int
	order    []Strategy // whose jobs are not answered
	timers   bool       // there are schedules in which timers overtake a goroutine
}

const (
	// leastSamples is how many samples a claim must stand up to.
	leastSamples = 16
	// fewPreemptions is how many the search goes up to: most bugs need no more
	// (Musuvathi and Qadeer, PLDI 2007), and their schedules can be understood.
	fewPreemptions = 2
)

// NewPlan returns the strategy for a test.
func NewPlan(test int, seed uint64) *Plan {
	p := &Plan{dpor: NewDPOR(test), search: NewBoundedSearch(test, fewPreemptions), delays: NewDelays(test)}
	for i, chooser := range []wire.Chooser{wire.POS, wire.Random, wire.POS, wire.PCT} {
		p.samplers = append(p.samplers, NewSampler(test, chooser, seed+uint64(i)))
	}
	return p
}

// Next returns a job of one strategy after the other. There are no more when
// all interleavings have been run, and of those in which timers overtake a goroutine
// those with few preemptions.
func (p *Plan) Next() (wire.Job, bool) {
	if p.dpor.Claim().All() && p.sampled >= leastSamples && !p.delays.left() && (!p.timers || p.search.Claim().Bound >= fewPreemptions) {
		return wire.Job{}, false
	}
	for {
		s := p.turn()
		if j, ok := s.Next(); ok {
			p.order = append(p.order, s)
			return j, true
		}
	}
}

// turn says which strategy is next: half of the turns are DPOR's, but for those of
// Delays. Samplers always have a job.
func (p *Plan) turn() Strategy {
	p.dealt++
	switch p.dealt % 4 {
	case 1:
		return p.dpor
	case 2:
		return p.search
	case 3:
		if p.delays.left() {
			return p.delays
		}
		return p.dpor
	}
	p.sampled++
	return p.samplers[p.sampled%len(p.samplers)]
}

// Learn tells each strategy of its jobs, and the samplers of all.
func (p *Plan) Learn(r Ran) {
	if s := p.order[0]; s == p.dpor || s == p.search {
		s.Learn(r)
	}
	p.delays.Learn(r)
	p.order = p.order[1:]
	p.timers = p.timers || overtakable(r.Trace)
	for _, s := range p.samplers {
		s.Learn(r)
	}
}

func (p *Plan) proof() proof {
	out := p.dpor.proof()
	if !out.claim.Any() {
		out = p.search.proof()
	}
	out.undetermined = p.dpor.ends.undetermined + p.search.ends.undetermined
	return out
}
