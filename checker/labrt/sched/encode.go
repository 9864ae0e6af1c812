package sched

import "racelab/checker/labrt/wire"

// An encoder writes a trace as wire.DecodeTrace reads it.
type encoder struct {
	buf     []byte
	n       int
	objects int // numbered so far
}

//go:norace
func (e *encoder) init() { e.buf, e.n, e.objects = make([]byte, 2048), 0, 0 }

//go:norace
func (e *encoder) number(x int) {
	if e.n+16 > len(e.buf) {
		old := e.buf
		e.buf = make([]byte, 2*len(old))
		//lint:ignore S1001 the race detector would see a copy
		for i := range old {
			e.buf[i] = old[i]
		}
	}
	for x >= 32 {
		e.buf[e.n] = wire.Digits[32+x&31]
		e.n++
		x >>= 5
	}
	e.buf[e.n] = wire.Digits[x]
	e.n++
}

// spawn records a new goroutine. from is the number of its parent, counted from 1;
// 0 is none.
//
//go:norace
func (e *encoder) spawn(from, site int) {
	e.number(wire.RecordSpawn)
	e.number(from)
	e.number(site)
}

// maxListed is how many candidates a step lists. Of more it lists the first and the last
// ones, crowdListed together, and the one that was chosen: a schedule of a thousand
// goroutines should have room for its trace.
const (
	maxListed   = 128
	crowdListed = 16
)

//go:norace
func (e *encoder) step(s *schedule, g *G, n int, stay, insists bool) {
	e.number(wire.RecordStep)
	e.number(g.index + 1)
	e.number(g.choice)
	flags := 0
	if stay {
		flags |= 1
	}
	if insists {
		flags |= 2
	}
	if n > maxListed {
		flags |= 4
	}
	e.number(flags)
	if n <= maxListed {
		e.number(n)
		for i := range n {
			e.pending(s.ready[i])
		}
		return
	}
	e.crowd(s, g, n)
}

// crowd lists some of the first n candidates.
//
//go:norace
func (e *encoder) crowd(s *schedule, g *G, n int) {
	first, last := crowdListed/2, n-crowdListed/2
	listed := crowdListed
	for i := first; i < last; i++ {
		if s.ready[i] == g {
			listed++
		}
	}
	e.number(listed)
	for i := range n {
		if i < first || i >= last || s.ready[i] == g {
			e.pending(s.ready[i])
		}
	}
}

//go:norace
func (e *encoder) pending(g *G) {
	e.number(g.index + 1)
	e.number(int(g.op))
	e.number(int(g.effectiveClass()))
	if g.cases > 1 {
		e.number(g.cases)
	} else {
		e.number(0)
	}
	e.number(g.nobject)
	for i := range g.nobject {
		o := g.objects[i]
		if o.number == 0 {
			e.objects++
			o.number = e.objects
		}
		e.number(o.number)
	}
}

// effectiveClass is the class of g's next operation in the current state: a Wait
// that has to block changes nothing for other goroutines.
//
//go:norace
func (g *G) effectiveClass() wire.Class {
	if g.op == wire.OpWait && g.objects[0].count > 0 {
		return wire.Peek
	}
	return g.class
}

//go:norace
func (e *encoder) taken(c int) {
	e.number(wire.RecordTaken)
	e.number(c)
}
