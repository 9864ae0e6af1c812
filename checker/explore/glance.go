package explore

import (
	"math/rand/v2"

	"racelab/checker/labrt/wire"
)

// A Glance is the strategy for a small program of which there are many: a few
// schedules of a Plan, then all that are left of those in which a goroutine tries in
// vain, and some of those in which one is slow.
type Glance struct {
	*Plan
	few, slow int
	rand      *rand.Rand
	shuffled  bool
}

// NewGlance returns a strategy of so many schedules, and those that it adds: at most
// slow ones in which a goroutine is slow.
func NewGlance(few, slow int, seed uint64) *Glance {
	return &Glance{Plan: NewPlan(0, seed), few: few, slow: slow, rand: rand.New(rand.NewPCG(seed, 0))}
}

// Next returns the next job.
func (g *Glance) Next() (wire.Job, bool) {
	if g.sent < g.few {
		return g.Plan.Next()
	}
	if j, ok := g.starves.Next(); ok {
		return g.take(j, g.starves, ok)
	}
	if j, ok := g.Plan.slow.Next(); ok && g.slow > 0 {
		g.slow--
		return g.take(j, g.Plan.slow, ok)
	}
	return wire.Job{}, false
}

// Learn tells the Plan. Where a goroutine may be slow in many places, any of them
// will do.
func (g *Glance) Learn(r Ran) {
	g.Plan.Learn(r)
	if q := g.Plan.slow.queue; len(q) > 0 && !g.shuffled {
		g.shuffled = true
		g.rand.Shuffle(len(q), func(i, j int) { q[i], q[j] = q[j], q[i] })
	}
}
