// Accepted: nobody waits with a lock in hand: who finds a station locked gives back what he has, and begins again.

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
	for {
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
}

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

func Count(stations ...*Station) int {
	defer lock(stations...)()
	total := 0
	for _, s := range stations {
		total += s.bikes
	}
	return total
}
