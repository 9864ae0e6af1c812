package sched

import "github.com/petermattis/goid"

// Goroutines that nobody sees start are those in which package time and package
// context call a function. Several may come at once, in any order. So they are
// kept aside until all is quiet, and get their places in an order of their own.

// callback makes f, which the caller hands to other code, a goroutine of the
// program's when it is called.
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

// register returns the caller and a number that grows from call to call.
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

// adopt returns the caller, which has just been started, once it has its turn.
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

// enqueueForeign makes a goroutine known that nobody has seen start; by, if not nil, has
// handed its function to other code, with a key.
//
//go:norace
func (s *schedule) enqueueForeign(id int64, by *G, key int) *G {
	g := &G{id: id, foreign: true, by: by, key: key, resume: make(chan struct{}, 1)}
	at := &s.unadmitted
	for *at != nil && ((*at).key < key || (*at).key == key && (*at).id < id) {
		at = &(*at).next
	}
	g.next, *at = *at, g
	return g
}

// admit gives those that have come their places.
//
//go:norace
func (s *schedule) admit() {
	for s.unadmitted != nil {
		g := s.unadmitted
		s.unadmitted, g.next = g.next, nil
		s.enlist(g, g.by)
	}
}
