package sched

import (
	"racelab/checker/labrt/wire"

	"github.com/petermattis/goid"
)

// A foreign goroutine was not started by instrumented code: packages time and
// context start one to call a function. Several may arrive at once, in any order.
// They wait in a list until all goroutines are at rest, and then get their indexes
// in an order that does not depend on arrival.

// callback wraps f, which the caller hands to code that is not instrumented: the
// goroutine that runs f becomes one of the program's.
func callback(f func()) func() {
	if Native() || f == nil {
		return f
	}
	by, key := register()
	return func() {
		defer Exit(adopt(by, key))
		f()
	}
}

// register returns the caller and a key that grows with each call.
//
//go:norace
func register() (by *G, key int) {
	s, g := current()
	if s == nil {
		return nil, 0
	}
	s.callbacks++
	return g, s.callbacks
}

// adopt makes the calling goroutine, which has just started, one of the program's.
// It returns when the goroutine has the turn.
//
//go:norace
func adopt(by *G, key int) *G {
	s := active
	if s == nil {
		return nil
	}
	g := s.arrive(goid.Get(), by, key)
	g.foreign = key == 0
	return g
}

// enqueueForeign makes a goroutine known that instrumented code did not start. If
// by is not nil, by handed over its function, under this key. The list is ordered
// by key: the order of arrival is not reproducible.
//
//go:norace
func (s *schedule) enqueueForeign(id int64, by *G, key int) *G {
	g := &G{id: id, foreign: true, by: by, key: key, resume: make(chan struct{}, 1)}
	if by == nil {
		g.notesCall()
		s.escapes(wire.OutsideStarts, g)
	}
	at := &s.unadmitted
	for *at != nil && ((*at).key < key || (*at).key == key && (*at).id < id) {
		at = &(*at).next
	}
	g.next, *at = *at, g
	return g
}

// admit gives each foreign goroutine its index.
//
//go:norace
func (s *schedule) admit() {
	for s.unadmitted != nil {
		g := s.unadmitted
		s.unadmitted, g.next = g.next, nil
		s.enlist(g, g.by)
	}
}
