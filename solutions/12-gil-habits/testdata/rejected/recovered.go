// Rejected: data-race
// Feedback: The error is fatal and no panic, so recover never sees it; and with it or without, two goroutines are in the map.

package radio

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	open map[string]int // how many requests for a song are open
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return &Show{open: make(map[string]int)}
}

// again tries until no concurrent write has come in between.
func again(try func()) {
	for done := false; !done; {
		func() {
			defer func() { done = recover() == nil }()
			try()
		}()
	}
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) (n int) {
	again(func() {
		n = s.open[song] + 1
		s.open[song] = n
	})
	return n
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) (n int) {
	again(func() {
		n = s.open[song]
		delete(s.open, song)
	})
	return n
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() (requests map[string]int) {
	again(func() {
		requests = s.open
		s.open = make(map[string]int)
	})
	return requests
}
