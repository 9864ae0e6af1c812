// Rejected: wrong-result
// Feedback: Of two who copy the same map and store theirs, the second one stores over what the first has counted.

package radio

import (
	"maps"
	"sync/atomic"
)

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	open atomic.Value // map[string]int: how many requests for a song are open
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	s := new(Show)
	s.open.Store(map[string]int{})
	return s
}

// copied returns a copy that nobody else has.
func (s *Show) copied() map[string]int {
	return maps.Clone(s.open.Load().(map[string]int))
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	next := s.copied()
	next[song]++
	s.open.Store(next)
	return next[song]
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	next := s.copied()
	n := next[song]
	delete(next, song)
	s.open.Store(next)
	return n
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	return maps.Clone(s.open.Swap(map[string]int{}).(map[string]int))
}
