// Rare: deadlock
// Native: 0 of 100 runs.
// Acquire takes its units one by one. Three goroutines that want two each can
// hold one each, of three in all: nobody gets a second one.

// Package sema is a semaphore of several units.
package sema

// Sema has as many units as its channel has places.
type Sema struct {
	units chan struct{}
}

// New returns a semaphore of n units.
func New(n int) *Sema {
	return &Sema{units: make(chan struct{}, n)}
}

// Acquire returns when the caller has n units.
func (s *Sema) Acquire(n int) {
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
