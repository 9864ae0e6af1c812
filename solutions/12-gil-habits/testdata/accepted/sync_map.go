// Accepted: a sync.Map, in which every change of a count is one step, or none.

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
	for {
		n, there := s.open.LoadOrStore(song, 1)
		if !there {
			return 1
		}
		if s.open.CompareAndSwap(song, n, n.(int)+1) {
			return n.(int) + 1
		}
		// Meanwhile somebody else has asked for the song, or it was played.
	}
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	n, _ := s.open.LoadAndDelete(song)
	met, _ := n.(int)
	return met
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	requests := make(map[string]int)
	// Range only finds the songs. What is handed over is what Play takes away.
	for song := range s.open.Range {
		if n := s.Play(song.(string)); n > 0 {
			requests[song.(string)] = n
		}
	}
	return requests
}
