// Accepted: nobody changes a map. Who wants another one makes it, and tries to put it in the place of the old one.

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

// update replaces the map by a copy that change has been at, and returns both.
func (s *Show) update(change func(map[string]int)) (before, after map[string]int) {
	for {
		old := s.open.Load()
		after = maps.Clone(*old)
		change(after)
		if s.open.CompareAndSwap(old, &after) {
			return *old, after
		}
	}
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	_, after := s.update(func(open map[string]int) { open[song]++ })
	return after[song]
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	before, _ := s.update(func(open map[string]int) { delete(open, song) })
	return before[song]
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	before, _ := s.update(func(open map[string]int) { clear(open) })
	// Somebody may still be copying that one, so the caller gets a copy, too.
	return maps.Clone(before)
}
