// Accepted: the workers append, under a lock; each reading knows its place, by which all are sorted in the end.

package river

import (
	"cmp"
	"slices"
	"sync"
)

// A Bottle is water that was taken so many kilometres from the spring and so
// many metres below the surface. Two bottles may well say the same.
type Bottle struct {
	Km, Depth int
}

// A Reading is how many micrograms of nitrate are in a litre.
type Reading int

// Profile has every bottle analysed once and returns the readings, in the order
// of the bottles.
func Profile(bottles []Bottle, analysers int, analyse func(Bottle) Reading) []Reading {
	type numbered struct {
		place   int
		reading Reading
	}
	var mu sync.Mutex
	var ready []numbered
	rack := make(chan int)
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for i := range rack {
				n := numbered{i, analyse(bottles[i])}
				mu.Lock()
				ready = append(ready, n)
				mu.Unlock()
			}
		})
	}
	for i := range bottles {
		rack <- i
	}
	close(rack)
	busy.Wait()
	slices.SortFunc(ready, func(a, b numbered) int { return cmp.Compare(a.place, b.place) })
	profile := make([]Reading, len(ready))
	for i, n := range ready {
		profile[i] = n.reading
	}
	return profile
}
