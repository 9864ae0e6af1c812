// Rejected: data-race
// Feedback: Copying the struct copies only a reference to the map: old and new state are the same map, and everybody writes into it.

package radio

import "sync/atomic"

// A state is all that a show knows. It is never changed, only replaced.
type state struct {
	open map[string]int // how many requests for a song are open
}

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	now atomic.Pointer[state]
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	s := new(Show)
	s.now.Store(&state{open: make(map[string]int)})
	return s
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	for {
		old := s.now.Load()
		next := *old
		next.open[song]++
		n := next.open[song]
		if s.now.CompareAndSwap(old, &next) {
			return n
		}
	}
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	for {
		old := s.now.Load()
		next := *old
		n := next.open[song]
		delete(next.open, song)
		if s.now.CompareAndSwap(old, &next) {
			return n
		}
	}
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	return s.now.Swap(&state{open: make(map[string]int)}).open
}
