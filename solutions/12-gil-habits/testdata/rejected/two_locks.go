// Rejected: deadlock
// Feedback: Play takes the lock of the song and then that of the show, and HandOver takes them the other way round: each may wait for the other.

package radio

import "sync"

// A tally counts the requests for a song.
type tally struct {
	mu   sync.Mutex
	n    int
	gone bool // it is no longer in the show, and whoever has found it has to look again
}

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	mu   sync.Mutex
	open map[string]*tally // by song
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return &Show{open: make(map[string]*tally)}
}

func (s *Show) tally(song string) *tally {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.open[song]
	if t == nil {
		t = new(tally)
		s.open[song] = t
	}
	return t
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	for {
		if n := s.tally(song).add(); n > 0 {
			return n
		}
	}
}

// add counts a request, unless the tally is gone.
func (t *tally) add() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.gone {
		return 0
	}
	t.n++
	return t.n
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	t := s.tally(song)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.gone {
		return 0
	}
	t.gone = true
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, song)
	return t.n
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	requests := make(map[string]int)
	for song, t := range s.open {
		t.mu.Lock()
		if t.n > 0 {
			requests[song] = t.n
		}
		t.gone = true
		t.mu.Unlock()
	}
	clear(s.open)
	return requests
}
