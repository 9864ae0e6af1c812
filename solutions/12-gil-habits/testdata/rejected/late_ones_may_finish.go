// Rejected: wrong-result
// Feedback: Whoever still has the old map may get to its lock after it was copied: waiting a little only makes that rare.

package radio

import (
	"maps"
	"sync"
	"sync/atomic"
	"time"
)

// A tally is a map with a lock.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	open atomic.Pointer[tally] // how many requests for a song are open
}

func newTally() *tally { return &tally{counts: make(map[string]int)} }

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	s := new(Show)
	s.open.Store(newTally())
	return s
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	open := s.open.Load()
	open.mu.Lock()
	defer open.mu.Unlock()
	open.counts[song]++
	return open.counts[song]
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	open := s.open.Load()
	open.mu.Lock()
	defer open.mu.Unlock()
	n := open.counts[song]
	delete(open.counts, song)
	return n
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	old := s.open.Swap(newTally())
	time.Sleep(time.Millisecond) // those who still have the old one are done by then
	old.mu.Lock()
	defer old.mu.Unlock()
	return maps.Clone(old.counts)
}
