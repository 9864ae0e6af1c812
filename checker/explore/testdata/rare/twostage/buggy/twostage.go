// Rare: wrong-result
// Native: 0 of 100 runs.
// Post books a delivery in two steps, and lets go of the first lock before it takes
// the second. Who asks between the two steps of the first Post, and before any
// other Post has come to its second step, hears of a delivery that is not on the
// shelf. The more goroutines post, the more orders there are that hide it. (After
// twostage_N of SCTBench: Thomson, Donaldson and Betts, PPoPP 2014.)

// Package twostage books deliveries of one article.
package twostage

import "sync"

// A Store is of one article.
type Store struct {
	book      sync.Mutex
	delivered int // by book
	shelf     sync.Mutex
	stocked   int // by shelf
}

// Post books a delivery, and then that it is on the shelf.
func (s *Store) Post() {
	s.book.Lock()
	s.delivered = 1
	s.book.Unlock()

	s.shelf.Lock()
	s.stocked = 1
	s.shelf.Unlock()
}

// Agree reports whether the shelf has what was delivered, if anything was.
func (s *Store) Agree() bool {
	s.book.Lock()
	delivered := s.delivered
	s.book.Unlock()
	if delivered == 0 {
		return true
	}
	s.shelf.Lock()
	defer s.shelf.Unlock()
	return s.stocked == delivered
}
