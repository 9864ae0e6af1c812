// Rejected: wrong-result
// Feedback: Load is whole and Store is whole, but another listener may come between them, and then both store the same number.

package radio

import "sync"

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	open sync.Map // how many requests for a song are open: string to int
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return new(Show)
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	before, _ := s.open.Load(song)
	n, _ := before.(int)
	s.open.Store(song, n+1)
	return n + 1
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	before, _ := s.open.LoadAndDelete(song)
	n, _ := before.(int)
	return n
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	requests := make(map[string]int)
	for song := range s.open.Range {
		if n := s.Play(song.(string)); n > 0 {
			requests[song.(string)] = n
		}
	}
	return requests
}
