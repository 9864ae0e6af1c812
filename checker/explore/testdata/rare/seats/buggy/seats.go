// Rare: wrong-result
// Native: 0 of 100 runs.
// Looking for a free seat and taking it are two critical sections. Both buyers
// see the last seat free before either has taken it: one seat is sold twice.

// Package seats sells the seats of a train.
package seats

import "sync"

// Train knows which seats are left: those from 1 to free.
type Train struct {
	mu   sync.Mutex
	free int
}

// New returns a train with n free seats.
func New(n int) *Train {
	return &Train{free: n}
}

// Free is how many seats are left.
func (t *Train) Free() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.free
}

// Book sells a seat, if there is one.
func (t *Train) Book() (seat int, ok bool) {
	if t.Free() == 0 {
		return 0, false
	}
	return t.take(), true
}

func (t *Train) take() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	seat := t.free
	t.free--
	return seat
}
