package explore

import "racelab/checker/labrt/wire"

// A Plan is the strategy for a test that nothing is known of. It looks first where
// defects are likely, and samples. Then it runs all interleavings if there are few
// enough, else those with few preemptions. Samples go on all the time: where there
// are many interleavings they find sooner what is rare, and they put to the test what is
// claimed.
type Plan struct {
	dpor      *DPOR
	search    *BoundedSearch
	slow      *SlowOnce // where timers could overtake a goroutine
	starves   *Starvation
	conflicts *ConflictFirst
	samples   *sampling
	finders   rotation
	provers   rotation
	sent      int          // jobs
	order     [][]Strategy // whose each job is that is not answered
	timers    bool         // there are schedules in which timers overtake a goroutine
}

const (
	// leastSamples is how many samples a claim must stand up to.
	leastSamples = 16
	// fewPreemptions is how many the search goes up to: most bugs need no more
	// (Musuvathi and Qadeer, PLDI 2007), and their schedules can be understood.
	fewPreemptions = 2
	// In its first findFirst schedules a plan mostly looks for defects. Then it works
	// on its claims, until it has run claimUntil.
	findFirst, claimUntil = 64, 256
)

// NewPlan returns the strategy for a test.
func NewPlan(test int, seed uint64) *Plan {
	p := &Plan{
		dpor: NewDPOR(test), search: NewBoundedSearch(test, fewPreemptions),
		slow: NewSlowOnce(test), starves: NewStarvation(test), conflicts: NewConflictFirst(test), samples: &sampling{},
	}
	for i, chooser := range []wire.Chooser{wire.POS, wire.Random, wire.POS, wire.PCT} {
		p.samples.of = append(p.samples.of, NewSampler(test, chooser, seed+uint64(i)))
	}
	p.finders = rotation{of: [][]Strategy{{p.conflicts}, {p.samples}, {p.starves, p.slow, p.conflicts}, {p.samples}}}
	p.provers = rotation{of: [][]Strategy{{p.dpor}, {p.search}, {p.slow, p.dpor}}}
	return p
}

// Next returns a job of one strategy after the other. There are no more when
// all interleavings have been run, and of those in which timers overtake a goroutine
// those with few preemptions.
func (p *Plan) Next() (wire.Job, bool) {
	if p.sent == 0 {
		return p.first(), true
	}
	if p.dpor.Claim().All() && p.samples.dealt >= leastSamples && !p.slow.left() && !p.starves.left() && (!p.timers || p.search.Claim().Bound >= fewPreemptions) {
		return wire.Job{}, false
	}
	p.sent++
	if p.findersTurn() {
		return p.take(p.finders.next())
	}
	if j, s, ok := p.provers.next(); ok {
		return p.take(j, s, ok)
	}
	return p.take(p.finders.next()) // samplers always have a job
}

func (p *Plan) take(j wire.Job, s Strategy, ok bool) (wire.Job, bool) {
	p.order = append(p.order, []Strategy{s})
	return j, ok
}

// first is the schedule without picks, which three strategies begin with.
func (p *Plan) first() (j wire.Job) {
	all := []Strategy{p.dpor, p.search, p.conflicts}
	for _, s := range all {
		j, _ = s.Next()
	}
	p.order = append(p.order, all)
	p.sent++
	return j
}

// findersTurn reports whether the next job is to find a defect, rather than to
// complete a claim.
func (p *Plan) findersTurn() bool {
	switch {
	case p.sent < findFirst:
		return p.sent%4 > 0
	case p.sent < claimUntil:
		return p.sent%16 == 0
	}
	return p.sent%4 == 0
}

// Learn tells each strategy of its jobs. Some hear of all.
func (p *Plan) Learn(r Ran) {
	for _, s := range append(p.order[0], p.slow, p.starves, p.samples) {
		s.Learn(r)
	}
	p.order = p.order[1:]
	p.timers = p.timers || overtakable(r.Trace)
}

func (p *Plan) proof() proof {
	out := p.dpor.proof()
	if !out.claim.Any() {
		out = p.search.proof()
	}
	out.undetermined = p.dpor.ends.undetermined + p.search.ends.undetermined
	return out
}

// A rotation asks strategies for jobs in turn: at each turn one, or the next in the
// list when that one has none.
type rotation struct {
	of   [][]Strategy
	turn int
}

func (r *rotation) next() (wire.Job, Strategy, bool) {
	for range r.of {
		turn := r.of[r.turn%len(r.of)]
		r.turn++
		for _, s := range turn {
			if j, ok := s.Next(); ok {
				return j, s, true
			}
		}
	}
	return wire.Job{}, nil, false
}
