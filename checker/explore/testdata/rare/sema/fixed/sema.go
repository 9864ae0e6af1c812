// Right: only one goroutine at a time collects units. What it waits for is held by
// those that have all they want, and they give it back without waiting.

// Package sema is a semaphore of several units.
package sema

import "sync"

// Sema has as many units as its channel has places.
type Sema struct {
	collecting sync.Mutex
	units      chan struct{}
}

// New returns a semaphore of n units.
func New(n int) *Sema {
	return &Sema{units: make(chan struct{}, n)}
}

// Acquire returns when the caller has n units.
func (s *Sema) Acquire(n int) {
	s.collecting.Lock()
	defer s.collecting.Unlock()
	for range n {
		s.units <- struct{}{}
	}
}

// Release gives n units back.
func (s *Sema) Release(n int) {
	for range n {
		<-s.units
	}
}
