// Package radio counts what the listeners of a request show ask for. They ask by
// phone, by mail and in the app, all at once, and the studio plays the songs. It was
// a Python program once, and came over line by line.
package radio

import "sync"

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	// mu guards the field open and the map that it refers to. The lock belongs here
	// and not into a type for maps: what must be one step is a request, and a
	// request is two steps on the map.
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
	defer s.mu.Unlock()
	s.open[song]++
	// This reads the map as well. Behind the Unlock it could be the number of the
	// next listener.
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
	// Everybody looks at s.open only while holding the lock, so nobody is still at
	// work on the old map: it can be given away, and need not be copied.
	requests := s.open
	s.open = make(map[string]int)
	return requests
}
