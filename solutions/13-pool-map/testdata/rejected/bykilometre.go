// Rejected: wrong-result
// Feedback: Sorted by kilometre they are in the order of the river, not in that of the list, and bottles from one place may still change places.

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
	type labelled struct {
		bottle  Bottle
		reading Reading
	}
	var mu sync.Mutex
	var ready []labelled
	rack := make(chan Bottle)
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for bottle := range rack {
				l := labelled{bottle, analyse(bottle)}
				mu.Lock()
				ready = append(ready, l)
				mu.Unlock()
			}
		})
	}
	for _, bottle := range bottles {
		rack <- bottle
	}
	close(rack)
	busy.Wait()
	slices.SortStableFunc(ready, func(a, b labelled) int { return cmp.Compare(a.bottle.Km, b.bottle.Km) })
	var profile []Reading
	for _, l := range ready {
		profile = append(profile, l.reading)
	}
	return profile
}
