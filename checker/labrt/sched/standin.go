package sched

import "racelab/checker/labrt/wire"

// What follows is for stand-ins whose operations are one step each: they keep
// their state under a real lock, which nobody holds at a point.

// PointContexts is Point for an operation that looks at a context, or wakes one
// who does.
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

// Woke says that the caller's latest operation has done something real: others
// that are blocked may go on.
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

// Suspend waits, in the middle of the caller's latest operation, until somebody
// resumes it; natively it does not wait. No point may lie between it and what
// lets others know that the caller waits.
//
//go:norace
func Suspend() {
	if s, g := current(); s != nil {
		s.suspend(g)
	}
}

// Resume lets g go on, which waits in Suspend.
//
//go:norace
func Resume(g *G) {
	if g != nil {
		g.grant()
	}
}
