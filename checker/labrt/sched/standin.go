package sched

import "racelab/checker/labrt/wire"

// What follows is for stand-ins whose operations are one step each. They guard
// their state with a real lock, and no goroutine holds it at a yield point.

// PointContexts is Point for an operation that reads a context, or wakes a
// goroutine that does.
//
//go:norace
func PointContexts(op wire.Op, class wire.Class, p pointer) {
	s, g := current()
	if s == nil {
		return
	}
	g.on(op, class, s.object(p))
	s.alsoContexts(g)
	s.point(g)
}

// Woke says that the caller's latest operation was a real one and may have woken
// blocked goroutines.
//
//go:norace
func Woke() {
	if s, g := current(); s != nil {
		s.done(g)
	}
}

// Self returns the caller, which is about to call Suspend; nil natively.
//
//go:norace
func Self() *G {
	_, g := current()
	return g
}

// Suspend blocks the caller in the middle of its latest operation until another
// goroutine resumes it; natively it returns at once. There may be no yield point
// between making the caller known as waiting and Suspend.
//
//go:norace
func Suspend() {
	if s, g := current(); s != nil {
		s.suspend(g)
	}
}

// Resume lets g, which is in Suspend, continue.
//
//go:norace
func Resume(g *G) {
	if g != nil {
		g.grant()
	}
}
