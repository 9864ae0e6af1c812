// Rejected: wrong-result
// Feedback: A listener who has found the counter of a song may add to it after Play, or HandOver, has removed and read it: that request is lost.

package radio

import (
	"sync"
	"sync/atomic"
)

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	open sync.Map // how many requests for a song are open: string to *atomic.Int64
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return new(Show)
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	n, _ := s.open.LoadOrStore(song, new(atomic.Int64))
	return int(n.(*atomic.Int64).Add(1))
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	n, there := s.open.LoadAndDelete(song)
	if !there {
		return 0
	}
	return int(n.(*atomic.Int64).Load())
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
