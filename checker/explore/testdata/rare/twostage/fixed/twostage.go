// Right: Post holds the first lock until it has taken the second, and Agree does the same:
// nobody gets between the two steps.

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
	defer s.book.Unlock()
	s.delivered = 1
	s.shelf.Lock()
	defer s.shelf.Unlock()
	s.stocked = 1
}

// Agree reports whether the shelf has what was delivered, if anything was.
func (s *Store) Agree() bool {
	s.book.Lock()
	defer s.book.Unlock()
	s.shelf.Lock()
	defer s.shelf.Unlock()
	return s.stocked == s.delivered
}
