// Rejected: data-race
// Feedback: The caller may change what it is handed, while somebody whose attempt will fail is still copying that map.

package radio

import (
	"maps"
	"sync/atomic"
)

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	open atomic.Pointer[map[string]int] // how many requests for a song are open
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	s := new(Show)
	s.open.Store(&map[string]int{})
	return s
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	for {
		old := s.open.Load()
		next := maps.Clone(*old)
		next[song]++
		if s.open.CompareAndSwap(old, &next) {
			return next[song]
		}
	}
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	for {
		old := s.open.Load()
		next := maps.Clone(*old)
		delete(next, song)
		if s.open.CompareAndSwap(old, &next) {
			return (*old)[song]
		}
	}
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	return *s.open.Swap(&map[string]int{})
}
