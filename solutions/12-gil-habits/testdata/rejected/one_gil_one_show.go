// Rejected: wrong-result
// Feedback: One lock for all shows would do no harm, but one map for all shows mixes their requests.

package radio

import "sync"

// gil is held by whoever does something.
var gil sync.Mutex

var open = make(map[string]int) // how many requests for a song are open

// A Show is one show on the air. Each has requests of its own.
type Show struct{}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return new(Show)
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	gil.Lock()
	defer gil.Unlock()
	open[song]++
	return open[song]
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	gil.Lock()
	defer gil.Unlock()
	n := open[song]
	delete(open, song)
	return n
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	gil.Lock()
	defer gil.Unlock()
	requests := open
	open = make(map[string]int)
	return requests
}
