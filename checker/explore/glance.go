package explore

import (
	"math/rand/v2"

	"racelab/checker/labrt/wire"
)

// A Glance is the strategy for a small program of which there are many: a few
// schedules of a Plan, some that are left of those with at most one preemption, all
// of those in which a goroutine tries in vain, some of those in which one is slow, and of
// those in which two are stopped; one of each sort in turn.
type Glance struct {
	GlanceBudget // what is left
	turn         int
	plan         *Plan
	slow         *SlowOnce
	stops        *TwoStops
	whole        bool // all of the plan's strategies are asked for jobs
}

// A GlanceBudget is how many schedules a Glance has of which sort.
type GlanceBudget struct {
	Few       int // of a Plan
	Preempted int // and so many more with at most one preemption
	Slow      int // and in which a goroutine is slow, whether or not timers overtake it
	Stopped   int // and in which two goroutines are stopped
	Overtaken int // and in which a goroutine is slow, if timers overtake it
	// Grown is what there is instead, if not nil, when the first schedule shows that calls
	// start goroutines and take no more than Short steps.
	Grown *GlanceBudget
	Short int
}

// NewGlance returns a strategy. Where a goroutine may be slow in many places, any of them
// will do.
func NewGlance(budget GlanceBudget, seed uint64) *Glance {
	p, r := NewPlan(0, seed), rand.New(rand.NewPCG(seed, 0))
	p.slow.rand = r
	p.starves.longer = true // that takes more steps than a small program has
	return &Glance{
		GlanceBudget: budget, plan: p, slow: &SlowOnce{always: true, rand: r}, stops: NewTwoStops(0, r),
		whole: budget.asksAll(),
	}
}

// asksAll reports whether all strategies of a Plan are asked for jobs.
func (b GlanceBudget) asksAll() bool { return b.Few > 1 || b.Preempted > 0 }

// Next returns the next job. Sorts take turns because a long program gets few jobs.
func (g *Glance) Next() (wire.Job, bool) {
	sorts := []func() (wire.Job, bool){g.few, g.starves, g.slowOnce, g.stopped, g.preempted, g.overtaken}
	for range sorts {
		next := sorts[g.turn%len(sorts)]
		g.turn++
		if j, ok := next(); ok {
			return j, true
		}
	}
	return wire.Job{}, false
}

func (g *Glance) few() (wire.Job, bool) {
	if g.Few == 0 {
		return wire.Job{}, false
	}
	g.Few--
	return g.plan.Next()
}

func (g *Glance) starves() (wire.Job, bool) { return g.of(g.plan.starves) }

func (g *Glance) slowOnce() (wire.Job, bool) { return g.counted(&g.Slow, g.slow) }

func (g *Glance) stopped() (wire.Job, bool) { return g.counted(&g.Stopped, g.stops) }

func (g *Glance) preempted() (wire.Job, bool) {
	if g.plan.search.level > 1 {
		return wire.Job{}, false
	}
	return g.counted(&g.Preempted, g.plan.search)
}

func (g *Glance) overtaken() (wire.Job, bool) { return g.counted(&g.Overtaken, g.plan.slow) }

// counted returns the next job of a strategy, if there may be more of its sort.
func (g *Glance) counted(left *int, s Strategy) (wire.Job, bool) {
	if *left == 0 {
		return wire.Job{}, false
	}
	j, ok := g.of(s)
	if ok {
		*left--
	}
	return j, ok
}

func (g *Glance) of(s Strategy) (wire.Job, bool) {
	j, ok := s.Next()
	if !ok {
		return j, false
	}
	return g.plan.take(j, s, ok)
}

// Learn tells the Plan, or those strategies of it alone that will be asked for more.
func (g *Glance) Learn(r Ran) {
	g.grow(r)
	p := g.plan
	if g.Slow > 0 {
		g.slow.Learn(r)
	}
	if g.Stopped > 0 {
		g.stops.Learn(r)
	}
	if g.whole {
		p.Learn(r)
	} else {
		p.starves.Learn(r)
		p.slow.Learn(r)
	}
}

// grow makes of the budget what it is for a program with an order to explore.
func (g *Glance) grow(r Ran) {
	if g.Grown == nil {
		return
	}
	if h := r.Ending.History; h != nil && h.Goroutines > 1 && h.Steps <= g.Short {
		g.GlanceBudget = *g.Grown
		g.whole = g.asksAll()
	}
	g.Grown = nil
}
