package sched

import (
	"racelab/checker/labrt/wire"
)

// point is where g waits for its turn before its next operation. The operation
// is in g.
//
//go:norace
func (s *schedule) point(g *G) {
	hide()
	s.mu.Lock()
	g.state = parked
	s.policy.arrived(g)
	if s.job.Detail {
		s.arrived(g)
	}
	s.turn = nil
	if !s.moving {
		switch next := s.pick(); next {
		case nil:
		case g:
			g.state, s.turn = running, g
			s.mu.Unlock()
			show()
			return
		default:
			s.give(next)
		}
	}
	s.mu.Unlock()
	s.await(g)
	show()
}

// suspend waits until another goroutine lets g go on: see grant. The operation
// that is to be completed has been begun, in g's turn.
//
//go:norace
func (s *schedule) suspend(g *G) {
	hide()
	s.mu.Lock()
	g.state = waiting
	s.passOn()
	s.mu.Unlock()
	s.await(g)
	show()
}

// grant lets g go on. The caller has the turn.
//
//go:norace
func (g *G) grant() {
	g.state = local
}

// on describes g's next operation, on one object.
//
//go:norace
func (g *G) on(op wire.Op, class wire.Class, o *object) {
	g.op, g.class, g.cases, g.choice = op, class, 0, 0
	g.nobject = 0
	if o != nil {
		g.objects[0], g.nobject = o, 1
	}
}

// also adds an object to g's next operation.
//
//go:norace
func (g *G) also(o *object) {
	if g.nobject < maxObjects {
		g.objects[g.nobject] = o
		g.nobject++
	}
}

// before waits for the turn to do op on the object at p, and returns the object.
//
//go:norace
func (s *schedule) before(g *G, op wire.Op, class wire.Class, p pointer) *object {
	o := s.object(p)
	g.on(op, class, o)
	s.point(g)
	return o
}

// enabled reports whether g, which is parked, could do its operation now.
//
//go:norace
func (g *G) enabled() bool {
	switch o := g.objects[0]; g.op {
	case wire.OpLock, wire.OpRLock:
		return o.writer == nil && !o.orphan && o.announced == nil
	case wire.OpOnce:
		return o.writer == nil
	}
	return true
}

// pick chooses who gets the turn; nil when nobody can go on. s.mu is held.
//
//go:norace
func (s *schedule) pick() *G {
	if s.over {
		return nil
	}
	n := 0
	lively := false // somebody can do something not in vain
	for g := s.first; g != nil; g = g.next {
		switch g.state {
		case local:
			return g
		case parked:
			if g.enabled() {
				s.ready[n] = g
				n++
				lively = lively || g.spin < spins
			}
		}
	}
	if n = s.leaveOutSpinners(n, lively); n == 0 {
		return nil
	}
	if s.steps++; s.steps > maxSteps {
		s.stop(wire.TooLong)
		return nil
	}
	return s.choose(n)
}

// leaveOutSpinners keeps those who do something in vain, again and again, from
// going before those who do not; and, when there are no others, from keeping the
// clock from going on. (Fair scheduling: Musuvathi and Qadeer, PLDI 2008.)
//
//go:norace
func (s *schedule) leaveOutSpinners(n int, lively bool) int {
	limit := idleSpins
	if lively {
		limit = spins
	}
	kept := 0
	for i := range n {
		if g := s.ready[i]; g.spin < limit {
			s.ready[kept] = g
			kept++
		}
	}
	return kept
}

// choose takes one of the first n that are ready, and a case if it is at a
// select, and records the step.
//
//go:norace
func (s *schedule) choose(n int) *G {
	n = s.relieve(n)
	stay := s.canStay(n)
	var g *G
	if to, ok := s.picked(s.went, false); ok {
		g = s.amongReady(n, to)
	}
	if g == nil {
		g = s.policy.next(s, n, stay)
	}
	g.choice = 0
	if g.cases > 1 {
		g.choice = s.chooseCase(g)
	}
	s.trace.step(s, g, n, stay)
	s.policy.took(s, g, n)
	g.steps++
	g.yielded = false
	for i := range n {
		s.ready[i].waits++
	}
	g.waits = 0
	s.went = g
	if s.job.Detail {
		s.link(g.at)
		g.at.step = s.steps
	}
	return g
}

// relieve leaves out all but those that have waited very long, if there are any:
// the others may be waiting for them, in loops. How long that is becomes less
// every time, so that such a schedule still ends.
//
//go:norace
func (s *schedule) relieve(n int) int {
	kept := 0
	for i := range n {
		if s.ready[i].waits >= s.patience {
			s.ready[kept] = s.ready[i]
			kept++
		}
	}
	if kept == 0 {
		return n
	}
	s.patience = max(s.patience/2, shortWait)
	return kept
}

// canStay reports whether the goroutine that went last can go on, and does not
// do so in vain.
//
//go:norace
func (s *schedule) canStay(n int) bool {
	for i := range n {
		if s.ready[i] == s.went {
			return s.went.spin < 2 && !s.went.yielded
		}
	}
	return false
}

// picked looks for a pick for the moment after last's latest step, or for the
// case of its next one.
//
//go:norace
func (s *schedule) picked(last *G, isCase bool) (to int, ok bool) {
	index, steps := 0, 0
	if last != nil {
		index, steps = last.index, last.steps
	}
	for i := range s.job.Picks {
		if p := &s.job.Picks[i]; p.Last == index && p.Steps == steps && p.Case == isCase {
			return p.To, true
		}
	}
	return 0, false
}

//go:norace
func (s *schedule) amongReady(n, index int) *G {
	for i := range n {
		if s.ready[i].index == index {
			return s.ready[i]
		}
	}
	s.missed++
	return nil
}

//go:norace
func (s *schedule) chooseCase(g *G) int {
	g.steps++ // a pick names the step that the select will be
	to, ok := s.picked(g, true)
	g.steps--
	if ok && to < g.cases {
		return to
	}
	return s.policy.firstCase(g.cases)
}

// inVain notes whether g's step changed nothing: then g may be waiting for
// something in a loop. A step that changed something may be what others wait for.
//
//go:norace
func (s *schedule) inVain(g *G, again bool) {
	if again {
		g.spin++
		return
	}
	s.nap = 0
	g.seen = [maxSeen]sight{}
	for o := s.first; o != nil; o = o.next {
		o.spin = 0
	}
}

// A sight is a value that was read.
type sight struct {
	object *object
	value  uint64
}

// sees notes that g read value. It is in vain when g has read the same before and
// nobody has changed anything since.
//
//go:norace
func (s *schedule) sees(g *G, o *object, value uint64) {
	now := sight{o, value}
	for i := range g.seen {
		if g.seen[i] == now {
			g.spin++
			return
		}
	}
	g.seen[g.nextSeen] = now
	g.nextSeen = (g.nextSeen + 1) % maxSeen
}

// block is called before a real operation in which g may block, and unblock
// after it. In between the root has the turn.
//
//go:norace
func (s *schedule) block(g *G) {
	sayDone()
	hide()
	s.mu.Lock()
	g.state = blocked
	s.countBlocked(g, 1)
	s.turn = nil
	s.mu.Unlock()
	show()
}

//go:norace
func (s *schedule) unblock(g *G) {
	hide()
	s.mu.Lock()
	s.countBlocked(g, -1)
	g.spin = 0
	s.wake(g)
	s.mu.Unlock()
	s.await(g)
	show()
}

// countBlocked counts those whom others can wake: not those who sleep.
//
//go:norace
func (s *schedule) countBlocked(g *G, n int) {
	switch g.op {
	case wire.OpSleep, wire.OpForever:
	case wire.OpUnseen:
		s.unseen += n
	default:
		s.blocked += n
	}
}

// effect notes that g has done something real that may have woken others, or made
// package context start or wake goroutines of its own.
//
//go:norace
func (s *schedule) effect() {
	if s.blocked > 0 || s.contexts {
		s.moving = true
	}
}
