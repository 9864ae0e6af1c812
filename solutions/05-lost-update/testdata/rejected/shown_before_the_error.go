// Rejected: wrong-result
// Feedback: The new number is in the book before it is known whether change returned
// an error. Crates, which does not wait for the lock, can see it before it is taken back.

package stock

import (
	"sync"
	"sync/atomic"
)

// A Shelf is one line of the book.
type Shelf struct {
	mu     sync.Mutex
	crates atomic.Int64
}

// NewShelf returns a shelf with so many crates.
func NewShelf(crates int) *Shelf { s := &Shelf{}; s.crates.Store(int64(crates)); return s }

// Crates returns how many crates are on the shelf.
func (s *Shelf) Crates() int { return int(s.crates.Load()) }

// Update changes the number of crates to what change makes of it.
func (s *Shelf) Update(change func(crates int) (int, error)) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.crates.Load()
	n, err := change(int(old))
	s.crates.Store(int64(n))
	if err != nil {
		s.crates.Store(old)
		return 0, err
	}
	return n, nil
}
