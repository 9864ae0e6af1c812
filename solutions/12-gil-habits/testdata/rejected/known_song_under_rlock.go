// Rejected: data-race
// Feedback: Counting a song that is known changes the map as well, and those who hold the read lock do not wait for each other.

package radio

import "sync"

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	mu   sync.RWMutex
	open map[string]int // how many requests for a song are open
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return &Show{open: make(map[string]int)}
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	if n := s.again(song); n > 0 {
		return n
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[song]++
	return s.open[song]
}

// again counts a song that is there already, which adds no entry to the map.
func (s *Show) again(song string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.open[song] == 0 {
		return 0
	}
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
	requests := s.open
	s.open = make(map[string]int)
	return requests
}
