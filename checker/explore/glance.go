package explore

import (
	"math/rand/v2"

	"racelab/checker/labrt/wire"
)

// A Glance is the strategy for a small program of which there are many: a few
// schedules of a Plan, then some that are left of those with at most one preemption, all
// of those in which a goroutine tries in vain, and some of those in which one is slow.
type Glance struct {
	GlanceBudget
	plan *Plan
	slow *SlowOnce
}

// A GlanceBudget is how many schedules a Glance has of which sort.
type GlanceBudget struct {
	Few       int // of a Plan
	Preempted int // and so many more with at most one preemption
	Slow      int // and in which a goroutine is slow, whether or not timers overtake it
	Overtaken int // and in which a goroutine is slow, if timers overtake it
}

// NewGlance returns a strategy. Where a goroutine may be slow in many places, any of them
// will do.
func NewGlance(budget GlanceBudget, seed uint64) *Glance {
	p, r := NewPlan(0, seed), rand.New(rand.NewPCG(seed, 0))
	p.slow.rand = r
	p.starves.longer = true // that takes more steps than a small program has
	return &Glance{GlanceBudget: budget, plan: p, slow: &SlowOnce{always: true, rand: r}}
}

// Next returns the next job.
func (g *Glance) Next() (wire.Job, bool) {
	p := g.plan
	if p.sent < g.Few {
		return p.Next()
	}
	if g.Preempted > 0 && p.search.level <= 1 {
		if j, ok := p.search.Next(); ok {
			g.Preempted--
			return p.take(j, p.search, ok)
		}
	}
	if j, ok := p.starves.Next(); ok {
		return p.take(j, p.starves, ok)
	}
	if j, ok := g.slow.Next(); ok && g.Slow > 0 {
		g.Slow--
		return p.take(j, g.slow, ok)
	}
	if j, ok := p.slow.Next(); ok && g.Overtaken > 0 {
		g.Overtaken--
		return p.take(j, p.slow, ok)
	}
	return wire.Job{}, false
}

// Learn tells the Plan, or those strategies of it alone that will be asked for more.
func (g *Glance) Learn(r Ran) {
	p := g.plan
	if g.Slow > 0 {
		g.slow.Learn(r)
	}
	if g.Few > 1 || g.Preempted > 0 {
		p.Learn(r)
	} else {
		p.starves.Learn(r)
		p.slow.Learn(r)
	}
}
