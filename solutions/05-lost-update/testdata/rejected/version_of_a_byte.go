// Rejected: wrong-result
// Feedback: A small version is soon the same again, and the update of a clerk
// who has been away for so many others overwrites them.

package stock

import "sync"

// A Shelf is one line of the book.
type Shelf struct {
	mu      sync.Mutex
	crates  int
	version uint8
}

// NewShelf returns a shelf with so many crates.
func NewShelf(crates int) *Shelf { return &Shelf{crates: crates} }

// Update changes the number of crates to what change makes of it.
func (s *Shelf) Update(change func(crates int) (int, error)) (int, error) {
	for {
		s.mu.Lock()
		old, version := s.crates, s.version
		s.mu.Unlock()
		n, err := change(old)
		if err != nil {
			return 0, err
		}
		s.mu.Lock()
		if s.version == version {
			s.crates = n
			s.version++
			s.mu.Unlock()
			return n, nil
		}
		s.mu.Unlock()
	}
}

// Crates returns how many crates are on the shelf.
func (s *Shelf) Crates() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.crates
}
