// Rejected: data-race
// Feedback: The number is read after the lock was released: that is another step, and somebody else may be at the map by then.

package radio

import "sync"

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	mu   sync.Mutex
	open map[string]int // how many requests for a song are open
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return &Show{open: make(map[string]int)}
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	s.mu.Lock()
	s.open[song]++
	s.mu.Unlock()
	return s.open[song]
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.open[song]
	delete(s.open, song)
	return n
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	requests := s.open
	s.open = make(map[string]int)
	return requests
}
