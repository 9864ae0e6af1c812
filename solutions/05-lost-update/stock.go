// Package stock keeps a warehouse's book: how many crates are on each shelf.
package stock

import "sync"

// A Shelf is one line of the book.
type Shelf struct {
	mu     sync.Mutex // one for each shelf, so that shelves do not wait for each other
	crates int        // guarded by mu
}

// NewShelf returns a shelf with so many crates.
func NewShelf(crates int) *Shelf {
	return &Shelf{crates: crates}
}

// Crates returns how many crates are on the shelf.
func (s *Shelf) Crates() int {
	s.mu.Lock() // a number that is being replaced must not be read either
	defer s.mu.Unlock()
	return s.crates
}

// Update changes the number of crates to what change makes of it, and returns
// the number that this very update has written into the book. If change returns
// an error, the book stays as it is, and Update returns that error. There is no
// other error, however many are at work at this shelf.
//
// change may take its time: it is a clerk who goes to the shelf and looks. It
// has no other effect than its result, and leaves the book alone, other shelves'
// lines too.
func (s *Shelf) Update(change func(crates int) (int, error)) (int, error) {
	// The lock is held while change runs, slow as it is: the new number follows
	// from the old one, so no goroutine may write another between the reading
	// and the writing back.
	s.mu.Lock()
	defer s.mu.Unlock() // also when change fails
	crates, err := change(s.crates)
	if err != nil {
		return 0, err
	}
	s.crates = crates
	return crates, nil
}
