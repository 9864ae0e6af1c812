package sched

import "racelab/checker/labrt/wire"

// The chooser Starve is the adversary of one goroutine, the victim. Before the victim
// tries to take a lock or to swap a value, others go until it must fail; then it tries
// at once, and as often as it likes. So one that gives up after some tries does give
// up, and one that tries until it succeeds is let go in the end.

// maxVain is for how many steps the victim is not left out although it spins, unless the
// job says otherwise. A try may take some steps.
const maxVain = 300

// lets reports whether g, which spins, goes on nevertheless: the victim, or one that may
// be waiting for the goroutine that is slow just now.
//
//go:norace
func (c *chooser) lets(g *G) bool {
	if c.vain >= c.maxVain {
		return false
	}
	return c.kind == wire.Starve && c.isNext(g) || c.late != nil && c.late != g
}

// isNext reports whether g is the victim, and what it does next is not what others
// are to prevent.
//
//go:norace
func (c *chooser) isNext(g *G) bool {
	return g.index == c.slow && (!g.tries() || g.mustFail())
}

// expect notes what g, which has come to its next operation, knows of its object:
// no other goroutine has taken a step since g's latest. Where that was the same try,
// in vain, nothing new is known.
//
//go:norace
func (g *G) expect() {
	if g.nobject == 0 {
		return
	}
	o := g.objects[0]
	if g.spin == 0 || !g.tries() || g.tried != o {
		g.expects = o.changes
	}
	if g.tried = nil; g.tries() {
		g.tried = o
	}
}

// starve chooses one of the first n candidates.
//
//go:norace
func (c *chooser) starve(s *schedule, n int, stay bool) *G {
	for i := range n {
		if c.isNext(s.ready[i]) {
			return s.ready[i]
		}
	}
	if stay && s.latest.index != c.slow {
		return s.latest
	}
	for i := range n {
		if s.ready[i].index != c.slow {
			return s.ready[i]
		}
	}
	return s.ready[0]
}

// tries reports whether the next operation of g may be in vain.
//
//go:norace
func (g *G) tries() bool {
	switch g.op {
	case wire.OpTryLock, wire.OpTryRLock, wire.OpSwap:
		return g.nobject > 0
	}
	return false
}

// mustFail reports whether the next operation of g, which tries, is in vain if it
// comes now. Of a CompareAndSwap that is a guess: the value has changed since g
// looked at it, or g has tried the same before and nobody has changed it since.
//
//go:norace
func (g *G) mustFail() bool {
	o := g.objects[0]
	switch held := o.writer != nil || o.orphan || o.announced != nil; g.op {
	case wire.OpTryLock:
		return held || o.readers > 0
	case wire.OpTryRLock:
		return held
	}
	return o.changes != g.expects
}
