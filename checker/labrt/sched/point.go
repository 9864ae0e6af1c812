package sched

import (
	"racelab/checker/labrt/wire"
)

// point is a yield point: g waits for the turn before its next operation, which g
// describes.
//
//go:norace
func (s *schedule) point(g *G) {
	if s.hurry(g) {
		return
	}
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

// suspend blocks g in a modelled operation until another goroutine grants it. g's
// step has begun the operation.
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

// grant lets g complete the operation in which it is suspended. The caller has the
// turn.
//
//go:norace
func (g *G) grant() {
	g.state = local
}

// on describes g's next operation, on one object or none.
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

// before is the yield point before op on the object at p. It returns the object.
//
//go:norace
func (s *schedule) before(g *G, op wire.Op, class wire.Class, p pointer) *object {
	if p == nil {
		*(*byte)(p) = 0 // panics, as the operation on a nil *sync.Mutex does
	}
	o := s.object(p)
	g.on(op, class, o)
	s.point(g)
	return o
}

// enabled reports whether the operation of g, which is parked, can be done now.
//
//go:norace
func (g *G) enabled() bool {
	switch o := g.objects[0]; g.op {
	case wire.OpLock, wire.OpRLock:
		return o.writer == nil && !o.orphan && o.announced == nil
	case wire.OpOnce:
		return o.writer == nil
	case wire.OpLibrary:
		return g.inside.free()
	}
	return true
}

// noteSpin notes whether g's step had no effect (spinning): then g may be waiting
// in a loop. A step with an effect may be what other goroutines wait for, so it
// resets every goroutine's count.
//
//go:norace
func (s *schedule) noteSpin(g *G, spinning bool) {
	if spinning {
		g.spin++
		return
	}
	for i := range g.nobject {
		g.objects[i].changes++
	}
	s.naps = 0
	g.seen = [maxSeen]observation{}
	for o := s.first; o != nil; o = o.next {
		o.spin = 0
	}
}

// An observation is a value that was read.
type observation struct {
	object *object
	value  uint64
}

// noteRead notes that g has read value. Reading a value again counts as spinning,
// until g itself has taken a step with an effect. (Steps of other goroutines reset
// the count, not the values.)
//
//go:norace
func (s *schedule) noteRead(g *G, o *object, value uint64) {
	if s.chooser.looks {
		g.looked()
	}
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

// block is called before a real operation in which g may block, unblock after it.
// In between the root has the turn.
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

// countBlocked counts the goroutines that others can wake; goroutines that sleep do
// not count.
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

// effect notes that g has done a real operation. It may have woken other
// goroutines, or made package context start or wake some of its own.
//
//go:norace
func (s *schedule) effect() {
	if s.blocked > 0 || s.contexts {
		s.unsettled = true
	}
}
