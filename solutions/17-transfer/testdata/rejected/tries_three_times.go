// Rejected: wrong-result
// Feedback: Bicycles that are there have to be moved, however long another van is in the way.

package bikes

import (
	"runtime"
	"slices"
	"sync"
)

type Station struct {
	name  string
	mu    sync.Mutex
	bikes int
}

func New(name string, n int) *Station { return &Station{name: name, bikes: n} }

func (s *Station) Name() string { return s.name }

// lock locks some stations, and returns what unlocks them. Who finds one locked gives back all that he has.
func lock(stations ...*Station) (unlock func()) {
	for range 3 {
		n := 0
		for n < len(stations) && (slices.Contains(stations[:n], stations[n]) || stations[n].mu.TryLock()) {
			n++
		}
		had := stations[:n]
		unlock = func() {
			for i, s := range had {
				if !slices.Contains(had[:i], s) {
					s.mu.Unlock()
				}
			}
		}
		if n == len(stations) {
			return unlock
		}
		unlock()
		runtime.Gosched()
	}
	return nil
}

func Move(from, to *Station, n int, load func()) bool {
	unlock := lock(from, to)
	if unlock == nil {
		return false
	}
	defer unlock()
	if from.bikes < n {
		return false
	}
	load()
	from.bikes -= n
	to.bikes += n
	return true
}

func Count(stations ...*Station) int {
	unlock := lock(stations...)
	for unlock == nil {
		unlock = lock(stations...)
	}
	defer unlock()
	total := 0
	for _, s := range stations {
		total += s.bikes
	}
	return total
}
