// Rejected: wrong-result
// Feedback: Between reading the number and writing it back the lock is free, so two clerks still start from the same number and one of the updates is lost.

// Package stock keeps a warehouse's book: how many crates are on each shelf.
package stock

import "sync"

// A Shelf is one line of the book.
type Shelf struct {
	mu     sync.Mutex
	crates int
}

// NewShelf returns a shelf with so many crates.
func NewShelf(crates int) *Shelf {
	return &Shelf{crates: crates}
}

// Crates returns how many crates are on the shelf.
func (s *Shelf) Crates() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.crates
}

// Update changes the number of crates to what change makes of it, and returns
// the number that this very update has written into the book. If change returns
// an error, the book stays as it is, and Update returns that error.
//
// change may take its time: it is a clerk who goes to the shelf and looks. It
// has no other effect than its result, and leaves the book alone, other shelves'
// lines too.
func (s *Shelf) Update(change func(crates int) (int, error)) (int, error) {
	s.mu.Lock()
	crates := s.crates
	s.mu.Unlock()

	crates, err := change(crates)
	if err != nil {
		return 0, err
	}

	s.mu.Lock()
	s.crates = crates
	s.mu.Unlock()
	return crates, nil
}
