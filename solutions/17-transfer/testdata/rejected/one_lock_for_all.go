// Rejected: deadlock
// Feedback: One lock for all stations cannot close a circle, but now every van waits for every other one, wherever that is loaded.

// Package bikes keeps the books of a bicycle hire: how many bicycles stand at each station.
// Vans move them from where there are many to where there are few.
package bikes

import "sync"

// A Station is a place where bicycles stand.
type Station struct {
	name  string
	bikes int
}

var mu sync.Mutex

// New returns a station with so many bicycles.
func New(name string, n int) *Station {
	return &Station{name: name, bikes: n}
}

// Name returns the name of the station.
func (s *Station) Name() string { return s.name }

// Move moves n bicycles. Load is called when it is certain that they are there, and returns
// when the van has taken them over; until then they are booked where they were. If there are
// fewer than n, Move returns false, and nothing happens.
func Move(from, to *Station, n int, load func()) bool {
	mu.Lock()
	defer mu.Unlock()
	if from.bikes < n {
		return false
	}
	load()
	from.bikes -= n
	to.bikes += n
	return true
}

// Count returns how many bicycles there are at some stations together.
func Count(stations ...*Station) int {
	mu.Lock()
	defer mu.Unlock()
	total := 0
	for _, s := range stations {
		total += s.bikes
	}
	return total
}
