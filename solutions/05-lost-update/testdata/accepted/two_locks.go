// Accepted: one lock lets a single clerk work at a time; a second one, held only for an instant, guards the number for readers.

// Package stock keeps a warehouse's book: how many crates are on each shelf.
package stock

import "sync"

// A Shelf is one line of the book.
type Shelf struct {
	updating sync.Mutex   // held during an update; only its holder writes crates
	mu       sync.RWMutex // held while crates is read or written
	crates   int
}

// NewShelf returns a shelf with so many crates.
func NewShelf(crates int) *Shelf {
	return &Shelf{crates: crates}
}

// Crates returns how many crates are on the shelf.
func (s *Shelf) Crates() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
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
	s.updating.Lock()
	defer s.updating.Unlock()
	crates, err := change(s.Crates())
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	s.crates = crates
	s.mu.Unlock()
	return crates, nil
}
