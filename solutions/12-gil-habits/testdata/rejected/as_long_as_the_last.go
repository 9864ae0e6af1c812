// Rejected: data-race
// Feedback: The map that was handed over belongs to the caller, who may be changing it: even to look how long it is would need a lock that both hold.

package radio

import "sync"

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	mu   sync.Mutex
	open map[string]int // how many requests for a song are open
	last map[string]int // what was handed over last
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return &Show{open: make(map[string]int)}
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[song]++
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
	// There will be about as many songs as the last time.
	next := make(map[string]int, len(s.last))
	s.last, s.open = s.open, next
	return s.last
}
