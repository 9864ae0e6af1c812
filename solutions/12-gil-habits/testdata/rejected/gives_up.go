// Rejected: wrong-result
// Feedback: After three tries HandOver leaves a song out, though its requests were open all the time: a listener may be ahead of it each time.

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
	for song := range s.open.Range {
		for range 3 {
			n, there := s.open.Load(song)
			if there && s.open.CompareAndDelete(song, n) {
				requests[song.(string)] = n.(int)
				break
			}
		}
	}
	return requests
}
