// Rejected: data-race
// Feedback: A map that never has to grow is still no place for two at a time: each access needs the lock.

package radio

import "sync"

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	mu   sync.RWMutex
	open map[string]*int // how many requests for a song are open
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return &Show{open: make(map[string]*int, 1000)} // it does not grow
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	n, known := s.open[song]
	if !known {
		s.mu.Lock()
		defer s.mu.Unlock()
		n = new(int)
		s.open[song] = n
	}
	*n++
	return *n
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.open[song]
	delete(s.open, song)
	if n == nil {
		return 0
	}
	return *n
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	requests := make(map[string]int)
	for song, n := range s.open {
		requests[song] = *n
	}
	clear(s.open)
	return requests
}
