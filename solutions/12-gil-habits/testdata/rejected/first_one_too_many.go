// Rejected: wrong-result
// Feedback: The count is one step, but a listener who finds no counter stores a new one, over that of another who did the same: it is no setdefault.

package radio

import (
	"sync"
	"sync/atomic"
)

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	songs sync.Map // string to *atomic.Int64; a song that is in it stays
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return new(Show)
}

func (s *Show) counter(song string) *atomic.Int64 {
	n, there := s.songs.Load(song)
	if !there {
		n = new(atomic.Int64)
		s.songs.Store(song, n)
	}
	return n.(*atomic.Int64)
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	return int(s.counter(song).Add(1))
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	return int(s.counter(song).Swap(0))
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	requests := make(map[string]int)
	for song, n := range s.songs.Range {
		if n := n.(*atomic.Int64).Swap(0); n > 0 {
			requests[song.(string)] = int(n)
		}
	}
	return requests
}
