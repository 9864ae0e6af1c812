// Rejected: wrong-result
// Feedback: After some attempts the update is given up; a slow clerk among quick ones can lose more often than that, and then that crate is not in the book.

// Package stock keeps a warehouse's book: how many crates are on each shelf.
package stock

import (
	"errors"
	"sync/atomic"
)

var errBusy = errors.New("stock: too many at one shelf")

// A Shelf is one line of the book.
type Shelf struct {
	crates atomic.Int64
}

// NewShelf returns a shelf with so many crates.
func NewShelf(crates int) *Shelf {
	s := new(Shelf)
	s.crates.Store(int64(crates))
	return s
}

// Crates returns how many crates are on the shelf.
func (s *Shelf) Crates() int {
	return int(s.crates.Load())
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
	for range 10 {
		old := s.crates.Load()
		crates, err := change(int(old))
		if err != nil {
			return 0, err
		}
		if s.crates.CompareAndSwap(old, int64(crates)) {
			return crates, nil
		}
	}
	return 0, errBusy
}
