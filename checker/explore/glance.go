package explore

import (
	"math/rand/v2"

	"racelab/checker/labrt/wire"
)

// A Glance is the strategy for a small program of which there are many: a few
// schedules of a Plan, then some that are left of those with at most one preemption, all
// of those in which a goroutine tries in vain, and some of those in which one is slow.
type Glance struct {
	*Plan
	GlanceBudget
	rand     *rand.Rand
	shuffled bool
}

// A GlanceBudget is how many schedules a Glance has of which sort.
type GlanceBudget struct {
	Few       int // of a Plan
	Preempted int // and so many more with at most one preemption
	Slow      int // and in which a goroutine is slow
}

// NewGlance returns a strategy.
func NewGlance(budget GlanceBudget, seed uint64) *Glance {
	return &Glance{Plan: NewPlan(0, seed), GlanceBudget: budget, rand: rand.New(rand.NewPCG(seed, 0))}
}

// Next returns the next job.
func (g *Glance) Next() (wire.Job, bool) {
	if g.sent < g.Few {
		return g.Plan.Next()
	}
	if g.Preempted > 0 && g.search.level <= 1 {
		if j, ok := g.search.Next(); ok {
			g.Preempted--
			return g.take(j, g.search, ok)
		}
	}
	if j, ok := g.starves.Next(); ok {
		return g.take(j, g.starves, ok)
	}
	if j, ok := g.Plan.slow.Next(); ok && g.Slow > 0 {
		g.Slow--
		return g.take(j, g.Plan.slow, ok)
	}
	return wire.Job{}, false
}

// Learn tells the Plan, or those strategies of it alone that will be asked for more.
// Where a goroutine may be slow in many places, any of them will do.
func (g *Glance) Learn(r Ran) {
	if g.Few > 1 || g.Preempted > 0 {
		g.Plan.Learn(r)
	} else {
		g.starves.Learn(r)
		g.Plan.slow.Learn(r)
	}
	if q := g.Plan.slow.queue; len(q) > 0 && !g.shuffled {
		g.shuffled = true
		g.rand.Shuffle(len(q), func(i, j int) { q[i], q[j] = q[j], q[i] })
	}
}
