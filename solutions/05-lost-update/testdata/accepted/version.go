// Accepted: the work is done without a lock, and done again when the version of the line has changed meanwhile.

// Package stock keeps a warehouse's book: how many crates are on each shelf.
package stock

import "sync"

// A Shelf is one line of the book.
type Shelf struct {
	mu   sync.Mutex
	line line
}

type line struct {
	crates, version int
}

func (s *Shelf) read() line {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.line
}

// replace writes crates unless somebody has written since old was read.
func (s *Shelf) replace(old line, crates int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line.version != old.version {
		return false
	}
	s.line = line{crates, old.version + 1}
	return true
}

// NewShelf returns a shelf with so many crates.
func NewShelf(crates int) *Shelf {
	return &Shelf{line: line{crates: crates}}
}

// Crates returns how many crates are on the shelf.
func (s *Shelf) Crates() int {
	return s.read().crates
}

// Update changes the number of crates to what change makes of it, and returns
// the number that this very update has written into the book. If change returns
// an error, the book stays as it is, and Update returns that error.
//
// change may take its time: it is a clerk who goes to the shelf and looks. It
// has no other effect than its result, and leaves the book alone, other shelves'
// lines too.
func (s *Shelf) Update(change func(crates int) (int, error)) (int, error) {
	for {
		old := s.read()
		crates, err := change(old.crates)
		if err != nil {
			return 0, err
		}
		if s.replace(old, crates) {
			return crates, nil
		}
	}
}
