package sched

import "racelab/checker/labrt/wire"

// maxDepth bounds how many times priorities change under PCT.
const maxDepth = 16

// changed is the lowest priority that a change point gives, under PCT. Who yields
// gets a lower one.
const changed = 1 << 32

// A policy chooses where the picks of the job say nothing.
type policy struct {
	kind    wire.Policy
	seed    uint64
	state   uint64 // of the random numbers
	changes [maxDepth]int
	depth   int
	steps   int
	yields  uint64
	slow    int // Slow: the goroutine that is slow …
	after   int // … after so many steps of its own
}

//go:norace
func newPolicy(job *wire.Job) policy {
	p := policy{kind: job.Policy, seed: job.Seed, state: job.Seed}
	p.slow, p.after = job.Depth, job.Length
	if p.kind == wire.PCT {
		p.depth = min(job.Depth, maxDepth)
		for i := range p.depth {
			p.changes[i] = 1 + p.below(max(1, job.Length))
		}
	}
	return p
}

// random is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
//
//go:norace
func (p *policy) random() uint64 {
	p.state += 0x9e3779b97f4a7c15
	z := p.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

//go:norace
func (p *policy) below(n int) int { return int(p.random() % uint64(n)) }

// started gives a new goroutine its priority, under PCT: above all those that
// the change points hand out.
//
//go:norace
func (p *policy) started(g *G) {
	if p.kind == wire.PCT {
		g.priority = p.random() | 1<<63
	}
}

// arrived gives a goroutine's next operation its priority, under POS.
//
//go:norace
func (p *policy) arrived(g *G) {
	if p.kind == wire.POS {
		g.priority = p.random()
	}
}

// next chooses one of the first n that are ready.
//
//go:norace
func (p *policy) next(s *schedule, n int, stay bool) *G {
	switch p.kind {
	case wire.Random:
		return s.ready[p.below(n)]
	case wire.PCT, wire.POS:
		best := s.ready[0]
		for i := range n {
			if s.ready[i].priority > best.priority {
				best = s.ready[i]
			}
		}
		return best
	}
	if stay && !p.isSlow(s.went) {
		return s.went
	}
	for i := range n {
		if !p.isSlow(s.ready[i]) {
			return s.ready[i]
		}
	}
	return s.ready[0]
}

// isSlow reports whether all others go before g, and timers fire.
//
//go:norace
func (p *policy) isSlow(g *G) bool {
	return p.kind == wire.Slow && g.index == p.slow && g.steps == p.after
}

// seldom is how rarely time passes, by random: once in so many steps.
const seldom = 16

// passes reports whether time passes before g goes. Random and POS leave that out
// of half of their schedules.
//
//go:norace
func (p *policy) passes(clock, g *G) bool {
	switch {
	case p.kind == wire.Slow:
		return p.isSlow(g)
	case p.kind == wire.PCT: // who was lowered at a change point is slower than all timers
		return g.priority < changed+maxDepth
	case p.kind == wire.Stay || p.seed&1 == 0:
		return false
	case p.kind == wire.Random:
		return p.below(seldom) == 0
	}
	return clock.priority > g.priority
}

// firstCase chooses the case that a select tries first.
//
//go:norace
func (p *policy) firstCase(cases int) int {
	if p.kind == wire.Stay || p.kind == wire.Slow {
		return 0
	}
	return p.below(cases)
}

// took is told that g, one of the first n that are ready, takes the next step.
// PCT: a change point lowers its priority (Burckhardt et al., ASPLOS 2010). POS:
// operations that race with it get new ones (Yuan, Yang and Gu, CAV 2018).
//
//go:norace
func (p *policy) took(s *schedule, g *G, n int) {
	p.steps++
	switch p.kind {
	case wire.PCT:
		for i := range p.depth {
			if p.changes[i] == p.steps {
				g.priority = changed + uint64(i)
			}
		}
		if g.op == wire.OpGosched {
			p.yields++
			g.priority = changed - p.yields
		}
	case wire.POS:
		for i := range n {
			if other := s.ready[i]; other != g && other.races(g) {
				other.priority = p.random()
			}
		}
	}
}

// races reports whether the next operations of g and h touch one object and do
// not commute.
//
//go:norace
func (g *G) races(h *G) bool {
	if g.class < wire.Write && h.class < wire.Write {
		return false
	}
	for i := range g.nobject {
		for j := range h.nobject {
			if g.objects[i] == h.objects[j] {
				return true
			}
		}
	}
	return false
}
