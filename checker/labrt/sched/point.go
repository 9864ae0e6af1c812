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
	g.state, g.clockReads = parked, 0
	s.chooser.arrived(g)
	if s.job.Detail {
		s.arrived(g)
	}
	s.turn = nil
	if !s.unsettled {
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
	g.hasToWait()
	s.passOn()
	s.mu.Unlock()
	s.await(g)
	s.goesOn(g)
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

// noteSpin notes whether g's step changed nothing: then g may be waiting for
// something in a loop. A step that changed something may be what others wait for.
//
//go:norace
func (s *schedule) noteSpin(g *G, spinning bool) {
	if spinning {
		g.spin++
		return
	}
	s.naps = 0
	g.seen = [maxSeen]observation{}
	for o := s.first; o != nil; o = o.next {
		o.spin = 0
	}
}

// A observation is a value that was read.
type observation struct {
	object *object
	value  uint64
}

// noteRead notes that g read value. It is in vain when g has read the same before and
// nobody has changed anything since.
//
//go:norace
func (s *schedule) noteRead(g *G, o *object, value uint64) {
	now := observation{o, value}
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
	release()
	hide()
	s.mu.Lock()
	g.state = blocked
	s.countBlocked(g, 1)
	g.hasToWait()
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
	s.goesOn(g)
	show()
}

// countBlocked counts those whom others can wake: not those who sleep.
//
//go:norace
func (s *schedule) countBlocked(g *G, n int) {
	switch g.op {
	case wire.OpSleep, wire.OpForever:
	case wire.OpUnseen:
		s.blockedOutside += n
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
		s.unsettled = true
	}
}
