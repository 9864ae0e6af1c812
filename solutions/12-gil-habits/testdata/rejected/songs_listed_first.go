// Rejected: wrong-result
// Feedback: HandOver takes the list of songs first and their requests later: another HandOver that comes in between finds no list, and leaves behind what is open.

package radio

import "sync"

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	mu    sync.Mutex
	open  map[string]int // how many requests for a song are open
	songs []string       // those with open requests, and some others
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
	if s.open[song] == 1 {
		s.songs = append(s.songs, song)
	}
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
	requests := make(map[string]int)
	for _, song := range s.list() {
		if n := s.Play(song); n > 0 {
			requests[song] = n
		}
	}
	return requests
}

// list returns the songs, and begins a new list.
func (s *Show) list() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	songs := s.songs
	s.songs = nil
	return songs
}
