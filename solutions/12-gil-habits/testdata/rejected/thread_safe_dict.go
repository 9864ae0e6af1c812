// Rejected: wrong-result
// Feedback: Each step on the dict is whole now, but a request is two of them, and between get and set another listener, a Play or a HandOver may come.

package radio

import "sync"

// A dict is a map whose methods may be called from several goroutines, as in Python.
type dict struct {
	mu     sync.Mutex
	counts map[string]int
}

// get returns the count of a key, 0 if there is none.
func (d *dict) get(key string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.counts[key]
}

// set sets the count of a key.
func (d *dict) set(key string, count int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.counts[key] = count
}

// pop removes a key and returns its count, 0 if there is none.
func (d *dict) pop(key string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	count := d.counts[key]
	delete(d.counts, key)
	return count
}

// swap removes all keys and returns them with their counts.
func (d *dict) swap() map[string]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	counts := d.counts
	d.counts = make(map[string]int)
	return counts
}

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	open *dict // how many requests for a song are open
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return &Show{open: &dict{counts: make(map[string]int)}}
}

// Request is a listener who asks for a song. It returns how many requests for that
// song are open now, with this one.
func (s *Show) Request(song string) int {
	n := s.open.get(song) + 1
	s.open.set(song, n)
	return n
}

// Play plays a song, which meets all open requests for it. It returns how many
// these were.
func (s *Show) Play(song string) int {
	return s.open.pop(song)
}

// HandOver hands all open requests over to the next show, as a map from each song to
// how many there are. From then on none is open here.
func (s *Show) HandOver() map[string]int {
	return s.open.swap()
}
