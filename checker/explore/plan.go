package explore

import (
	"time"

	"racelab/checker/labrt/wire"
)

// A Plan is the strategy for a test that nothing is known of: it searches, and
// samples now and then, until all schedules have been run or the search has
// used its share; then it samples.
//
// A search finds what needs a few preemptions in a small program, and is the
// only one that can claim anything; samples find the rest. They also put the
// claim to the test.
type Plan struct {
	search   *Search
	samplers []*Sampler
	ends     map[uint64]int // states in which samples have ended, with the fewest preemptions
	outcomes map[uint64]int // what these samples showed
	share    int            // of schedules that the search may run; 0: all
	until    time.Time      // when it must have ended, if not zero
	dealt    int
	searched int
	sampled  int
	order    []bool // of the jobs that are not answered: whether the search's
}

const (
	searchShare = 2  // the search gets one of so many schedules of the budget, and as much of its time
	sampleEvery = 4  // while it lasts, one of so many schedules is a sample
	leastSample = 24 // samples that a claim must stand up to
)

// NewPlan returns the strategy for a test that has budget.
func NewPlan(test int, seed uint64, budget Budget) *Plan {
	p := &Plan{
		search: NewSearch(test, Unbounded), share: budget.Schedules / searchShare,
		ends: map[uint64]int{}, outcomes: map[uint64]int{},
	}
	for _, policy := range []wire.Policy{wire.POS, wire.PCT, wire.POS, wire.Random} {
		p.samplers = append(p.samplers, NewSampler(test, policy, seed+uint64(len(p.samplers))))
	}
	if budget.Time > 0 {
		p.until = time.Now().Add(budget.Time / searchShare)
	}
	return p
}

// Next returns a job of the search, or of the samplers in turn.
func (p *Plan) Next() (wire.Job, bool) {
	p.dealt++
	if p.dealt%sampleEvery != 0 && p.mayspend() {
		if j, ok := p.search.Next(); ok {
			p.searched++
			p.order = append(p.order, true)
			return j, true
		}
	}
	if p.search.Ended() && p.search.claim.All() && p.sampled >= leastSample {
		return wire.Job{}, false
	}
	j, ok := p.samplers[p.sampled%len(p.samplers)].Next()
	p.sampled++
	p.order = append(p.order, false)
	return j, ok
}

// mayspend reports whether the search has some of its share left.
func (p *Plan) mayspend() bool {
	return (p.share == 0 || p.searched < p.share) && (p.until.IsZero() || time.Now().Before(p.until))
}

// Learn tells the search of its jobs, and the samplers of all.
func (p *Plan) Learn(r Ran) {
	if p.order[0] {
		p.search.Learn(r)
	} else {
		p.sample(r)
	}
	p.order = p.order[1:]
	for _, s := range p.samplers {
		s.Learn(r)
	}
}

// sample keeps what would contradict a claim.
func (p *Plan) sample(r Ran) {
	if !ended(r) || len(p.ends) >= maxPlaces {
		return
	}
	_, preemptions := PicksOf(r.Trace)
	least(p.ends, stateOf(r.Trace), preemptions)
	if r.Ending.Races == 0 { // else what it showed may have come by the race
		least(p.outcomes, outcomeOf(r), preemptions)
	}
}

func least(of map[uint64]int, key uint64, n int) {
	if before, ok := of[key]; !ok || n < before {
		of[key] = n
	}
}

// cover adds what is known now to c.
func (p *Plan) cover(c *Coverage) {
	p.search.cover(c)
	for state, preemptions := range p.ends {
		if _, ok := p.search.record.states[state]; !ok {
			c.Distinct++
			c.contradict(preemptions)
		}
	}
	for outcome, preemptions := range p.outcomes {
		if _, ok := p.search.record.outcomes[outcome]; !ok {
			c.contradict(preemptions)
		}
	}
	if c.Contradicted > 0 {
		c.Claim = noClaim
	}
}

// contradict notes something that the search has not seen, if it says that it
// has seen all with so many preemptions.
func (c *Coverage) contradict(preemptions int) {
	if preemptions <= c.Claim.Bound {
		c.Contradicted++
	}
}

func (s *Search) cover(c *Coverage) {
	c.Claim = s.claim
	c.Distinct = len(s.record.states)
	c.Undetermined += s.record.undetermined
}
