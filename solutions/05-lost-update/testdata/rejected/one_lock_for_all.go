// Rejected: deadlock
// Feedback: There is one lock for the whole warehouse, so a clerk at one shelf waits for the clerk at another, and if that one waits for him, both wait for ever.

// Package stock keeps a warehouse's book: how many crates are on each shelf.
package stock

import "sync"

var mu sync.Mutex // guards the book

// A Shelf is one line of the book.
type Shelf struct {
	crates int
}

// NewShelf returns a shelf with so many crates.
func NewShelf(crates int) *Shelf {
	return &Shelf{crates: crates}
}

// Crates returns how many crates are on the shelf.
func (s *Shelf) Crates() int {
	mu.Lock()
	defer mu.Unlock()
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
	mu.Lock()
	defer mu.Unlock()
	crates, err := change(s.crates)
	if err != nil {
		return 0, err
	}
	s.crates = crates
	return crates, nil
}
