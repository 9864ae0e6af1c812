// Accepted: the map lies in a channel with room for one; who takes it out has it alone.

package radio

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	open chan map[string]int // how many requests for a song are open
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	s := &Show{open: make(chan map[string]int, 1)}
	s.open <- map[string]int{}
	return s
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	open := <-s.open
	open[song]++
	n := open[song]
	s.open <- open
	return n
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	open := <-s.open
	n := open[song]
	delete(open, song)
	s.open <- open
	return n
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	requests := <-s.open
	s.open <- map[string]int{}
	return requests
}
