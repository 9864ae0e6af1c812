// Package radio counts what the listeners of a request show ask for. They ask by
// phone, by mail and in the app, all at once, and the studio plays the songs. It was
// a Python program once, and came over line by line.
package radio

// A dict is a map with the methods that its users were used to.
type dict map[string]int

// get returns the count of a key, 0 if there is none.
func (d dict) get(key string) int {
	return d[key]
}

// set sets the count of a key.
func (d dict) set(key string, count int) {
	d[key] = count
}

// pop removes a key and returns its count, 0 if there is none.
func (d dict) pop(key string) int {
	count := d[key]
	delete(d, key)
	return count
}

// A Show is one show on the air. Each has requests of its own.
type Show struct {
	open dict // how many requests for a song are open
}

// NewShow returns a show for which there are no requests yet.
func NewShow() *Show {
	return &Show{open: dict{}}
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
	requests := s.open
	s.open = dict{}
	return requests
}
