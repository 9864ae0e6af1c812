// Rejected: data-race
// Feedback: The stations that the caller has passed are his: to sort them is to write into his list, while he or somebody else reads it.

// Package bikes keeps the books of a bicycle hire: how many bicycles stand at each station.
// Vans move them from where there are many to where there are few.
package bikes

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// A Station is a place where bicycles stand.
type Station struct {
	name   string
	number int64
	mu     sync.Mutex
	bikes  int
}

// built is how many stations there are.
var built atomic.Int64

// New returns a station with so many bicycles.
func New(name string, n int) *Station {
	return &Station{name: name, number: built.Add(1), bikes: n}
}

// Name returns the name of the station.
func (s *Station) Name() string { return s.name }

// lock locks some stations in the order of their numbers, each once, and returns what unlocks
// them.
func lock(stations ...*Station) (unlock func()) {
	slices.SortFunc(stations, func(s, t *Station) int { return cmp.Compare(s.number, t.number) })
	stations = slices.Compact(stations)
	for _, s := range stations {
		s.mu.Lock()
	}
	return func() {
		for _, s := range stations {
			s.mu.Unlock()
		}
	}
}

// Move moves n bicycles. Load is called when it is certain that they are there, and returns
// when the van has taken them over; until then they are booked where they were. If there are
// fewer than n, Move returns false, and nothing happens.
func Move(from, to *Station, n int, load func()) bool {
	defer lock(from, to)()
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
	defer lock(stations...)()
	total := 0
	for _, s := range stations {
		total += s.bikes
	}
	return total
}
