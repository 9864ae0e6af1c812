// Rejected: wrong-result
// Feedback: The book is right, but the number is read again for the result after the lock was released: it may be that of a later update.

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
	if err := s.apply(change); err != nil {
		return 0, err
	}
	return s.Crates(), nil
}

func (s *Shelf) apply(change func(crates int) (int, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	crates, err := change(s.crates)
	if err != nil {
		return err
	}
	s.crates = crates
	return nil
}
