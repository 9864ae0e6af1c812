package sched

import "racelab/checker/labrt/wire"

// The chooser Starve is the adversary of one goroutine, the victim. Before the victim
// tries to take a lock or to swap a value, others go until it must fail; then it tries
// at once, and as often as it likes. So one that gives up after some tries does give
// up, and one that tries until it succeeds is let go in the end. If the job says so, it is
// a try, too, to look whether what the victim has read is still true; or the victim, once it has
// given up and waits for a lock, gets it after all others.

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

// isLast reports whether g is the victim, which has tried in vain and waits for a lock now.
//
//go:norace
func (c *chooser) isLast(g *G) bool {
	return c.behind && c.failed && (g.op == wire.OpLock || g.op == wire.OpRLock)
}

// mostChanges is how often others change what the victim is about to read: it should not only
// be old, but not fit what it has read before.
const mostChanges = 2

// A look is that somebody has read an object after so many changes.
type look struct {
	object  *object
	changes int
}

// looked notes that g has read its object. Once it has looked again, it begins anew.
//
//go:norace
func (g *G) looked() {
	if g.again {
		g.looks = [maxSeen]look{}
	}
	now := look{g.objects[0], g.objects[0].changes}
	g.latestLook = now.object
	if l := g.lookAt(now.object); l != nil {
		*l = now
		return
	}
	g.looks[g.nextLook] = now
	g.nextLook = (g.nextLook + 1) % maxSeen
}

// lookAt is what g knows of having read o; nil if nothing.
//
//go:norace
func (g *G) lookAt(o *object) *look {
	for i := range g.looks {
		if g.looks[i].object == o {
			return &g.looks[i]
		}
	}
	return nil
}

// looksAgain finds what g has seen of an object that it is about to read again, to learn
// whether something that it has read meanwhile is still true. That is a try, too: the
// reader of a sequence lock tries again when there was a change.
//
//go:norace
func (g *G) looksAgain() *look {
	if g.objects[0] == g.latestLook {
		return nil
	}
	return g.lookAt(g.objects[0])
}

// expect notes what g, which has come to its next operation, knows of its object:
// no other goroutine has taken a step since g's latest. Where that was the same try,
// in vain, nothing new is known.
//
//go:norace
func (c *chooser) expect(g *G) {
	g.again, g.needs = false, 1
	if g.nobject == 0 {
		return
	}
	if g.op == wire.OpLoad {
		c.expectLook(g)
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

// expectLook is expect for one that is about to read something: that is to be out of date,
// or not to fit. What nobody has changed so far others may never change; so it is to be out of
// date in half of the jobs only.
//
//go:norace
func (c *chooser) expectLook(g *G) {
	o := g.objects[0]
	g.expects, g.needs = o.changes, 0
	if !c.looks || g.index != c.slow {
		return
	}
	if l := g.looksAgain(); l != nil {
		g.again, g.expects, g.needs = true, l.changes, 1
	} else if o.changes > 1 || c.seed&1 == 0 {
		g.needs = c.below(mostChanges + 1)
	}
}

// starve chooses one of the first n candidates.
//
//go:norace
func (c *chooser) starve(s *schedule, n int, stay bool) *G {
	for i := range n {
		if g := s.ready[i]; c.isNext(g) && !c.isLast(g) {
			c.failed = c.failed || g.tries()
			return g
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
	case wire.OpTryLock, wire.OpTryRLock, wire.OpSwap, wire.OpLoad:
		return g.nobject > 0 && g.needs > 0
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
	return o.changes >= g.expects+g.needs
}
