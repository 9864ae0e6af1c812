package sched

import (
	"reflect"
	"runtime"

	"racelab/checker/labrt/library"
	"racelab/checker/labrt/wire"
)

// Code that is not instrumented synchronises, too: log has a lock, a file has one. The
// order of two such calls makes a happens-before edge that hides a race in one order
// and not in the other. So each such call is an operation, on one object for all of
// them: which locks they share is not known.

// outside stands for all that is behind calls into code that is not instrumented.
var outside byte

// Library is the yield point before a call into code that is not instrumented. It
// returns v, an operand of that call.
func Library[T any](v T) T {
	if exploring {
		calls(v)
	}
	return v
}

// LibraryCall is Library for a deferred call, which has no operand at that time.
func LibraryCall() { calls(nil) }

// World is Library for a call that lets a part of the outside world in: there real time
// passes, and nothing is decided by the schedule.
func World[T any](part string, v T) T {
	letsIn(part)
	calls(v)
	return v
}

//go:norace
func letsIn(part string) {
	if s, g := current(); s != nil {
		g.notesCall()
		s.escapes(wire.Outside(part), g)
	}
}

// notesCall notes where g is about to call code that is not instrumented.
//
//go:norace
func (g *G) notesCall() { g.calling.depth = runtime.Callers(3, g.calling.stack[:]) }

// escapes notes that something took part which the scheduler does not decide, and where
// that began, the first time.
//
//go:norace
func (s *schedule) escapes(outside wire.Outside, g *G) {
	if s.outside == "" {
		s.outside, s.outsideAt = outside, g.calling
	}
}

// LibraryOn is Library for a call of a method of v, whose type is an interface, or of a
// function that works on v. It is a yield point if v's own type is not instrumented:
// the package own is.
func LibraryOn[T any](own string, v T) T {
	if exploring && isOutside(own, any(v)) {
		calls(v)
	}
	return v
}

//go:norace
func isOutside(own string, v any) bool {
	t := reflect.TypeOf(v)
	if t == nil {
		return false
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	path := t.PkgPath()
	return path != own && path != own+"_test" && !library.Quiet(path)
}

// calls is the yield point before a call with the operand v. As long as there is one
// goroutine, there is no order to choose.
//
//go:norace
func calls(v any) {
	s, g := current()
	if s == nil || s.count == 1 && s.unadmitted == nil {
		return
	}
	g.notesCall()
	g.inside.find(v)
	s.before(g, wire.OpLibrary, wire.Write, pointer(&outside))
}
