package sched

import "racelab/checker/labrt/wire"

// maxDepth bounds the number of priority change points under PCT.
const maxDepth = 16

// loweredPriority is the lowest priority that a change point assigns under PCT. A
// goroutine that calls Gosched gets a lower one.
const loweredPriority = 1 << 32

// A chooser decides every choice for which the job has no pick.
type chooser struct {
	kind    wire.Chooser
	seed    uint64
	state   uint64 // of the random number generator
	changes [maxDepth]int
	depth   int
	steps   int
	yields  uint64
	slow    int  // Slow: the index of the slow goroutine; Starve: of the one that tries in vain …
	after   int  // … Slow: and the number of its own steps after which it is slow
	late    *G   // Slow: the slow goroutine while it has come to its slow step
	vain    int  // Starve, Slow: how many steps have been taken for which somebody had to insist …
	maxVain int  // … and how many may be
	looks   bool // Starve: reading something again is a try …
	behind  bool // … who has tried in vain is the last to take a lock …
	failed  bool // … and it has
}

//go:norace
func newChooser(job *wire.Job) chooser {
	c := chooser{kind: job.Chooser, seed: job.Seed, state: job.Seed}
	c.slow, c.after, c.maxVain = job.Depth, job.Length, maxVain
	if job.Vain > 0 {
		c.maxVain = job.Vain
	}
	c.looks = c.kind == wire.Starve && job.Seed > 0
	c.behind = c.kind == wire.Starve && job.Length > 0
	if c.kind == wire.PCT {
		c.depth = min(job.Depth, maxDepth)
		for i := range c.depth {
			c.changes[i] = 1 + c.below(max(1, job.Length))
		}
	}
	return c
}

// random is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
//
//go:norace
func (c *chooser) random() uint64 {
	c.state += 0x9e3779b97f4a7c15
	z := c.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

//go:norace
func (c *chooser) below(n int) int { return int(c.random() % uint64(n)) }

// started gives a new goroutine its priority under PCT: above every priority that a
// change point assigns.
//
//go:norace
func (c *chooser) started(g *G) {
	if c.kind == wire.PCT {
		g.priority = c.random() | 1<<63
	}
}

// arrived notes that g is about to take its next step. Under POS that gets a
// priority.
//
//go:norace
func (c *chooser) arrived(g *G) {
	switch c.kind {
	case wire.POS:
		g.priority = c.random()
	case wire.Starve:
		c.expect(g)
	case wire.Slow:
		if c.isSlow(g) {
			c.late = g
		}
	}
}

// next chooses one of the first n candidates.
//
//go:norace
func (c *chooser) next(s *schedule, n int, stay bool) *G {
	switch c.kind {
	case wire.Random:
		return s.ready[c.below(n)]
	case wire.PCT, wire.POS:
		best := s.ready[0]
		for i := range n {
			if s.ready[i].priority > best.priority {
				best = s.ready[i]
			}
		}
		return best
	case wire.Starve:
		return c.starve(s, n, stay)
	}
	if stay && !c.isSlow(s.latest) {
		return s.latest
	}
	for i := range n {
		if !c.isSlow(s.ready[i]) {
			return s.ready[i]
		}
	}
	return s.ready[0]
}

// isSlow reports whether g is the slow goroutine at its slow step: then all other
// goroutines go first, and timers fire.
//
//go:norace
func (c *chooser) isSlow(g *G) bool {
	return c.kind == wire.Slow && g.index == c.slow && g.steps == c.after
}

// clockOdds: under Random the clock advances once in this many steps, on average.
const clockOdds = 16

// clockFirst reports whether the clock advances before g takes its step. Random and
// POS never do so in half of their schedules.
//
//go:norace
func (c *chooser) clockFirst(clock, g *G) bool {
	switch {
	case c.kind == wire.Slow:
		return c.isSlow(g)
	case c.kind == wire.PCT: // timers overtake a goroutine that a change point has lowered
		return g.priority < loweredPriority+maxDepth
	case c.kind == wire.Stay || c.kind == wire.Starve || c.seed&1 == 0:
		return false
	case c.kind == wire.Random:
		return c.below(clockOdds) == 0
	}
	return clock.priority > g.priority
}

// firstCase chooses the case that a select tries first.
//
//go:norace
func (c *chooser) firstCase(cases int) int {
	switch c.kind {
	case wire.Stay, wire.Slow, wire.Starve:
		return 0
	}
	return c.below(cases)
}

// took is told that g, one of the first n candidates, takes the next step. Under
// PCT a change point lowers its priority (Burckhardt et al., ASPLOS 2010). Under
// POS the operations that race with it get new priorities (Yuan, Yang and Gu, CAV
// 2018).
//
//go:norace
func (c *chooser) took(s *schedule, g *G, n int) {
	c.steps++
	switch c.kind {
	case wire.PCT:
		for i := range c.depth {
			if c.changes[i] == c.steps {
				g.priority = loweredPriority + uint64(i)
			}
		}
		if g.op == wire.OpGosched {
			c.yields++
			g.priority = loweredPriority - c.yields
		}
	case wire.POS:
		for i := range n {
			if other := s.ready[i]; other != g && other.races(g) {
				other.priority = c.random()
			}
		}
	case wire.Starve, wire.Slow:
		if s.insists == g {
			c.vain++
		}
		if c.late == g {
			c.late = nil
		}
	}
}

// races reports whether the next operations of g and h touch the same object and do
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
