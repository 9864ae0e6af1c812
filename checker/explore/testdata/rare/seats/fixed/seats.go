// Right: looking and taking are one critical section, so what Book has seen is
// still true when it takes the seat.

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
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.free == 0 {
		return 0, false
	}
	seat = t.free
	t.free--
	return seat, true
}
