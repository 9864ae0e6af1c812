// Rejected: data-race
// Feedback: Only the collector appends now, but nobody waits for it: Profile returns what it may still be writing.

package river

import "sync"

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
	profile := make([]Reading, len(bottles))
	rack, ready := make(chan int), make(chan numbered)
	go func() { // the only one that touches the profile
		for r := range ready {
			profile[r.place] = r.reading
		}
	}()
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for i := range rack {
				ready <- numbered{i, analyse(bottles[i])}
			}
		})
	}
	for i := range bottles {
		rack <- i
	}
	close(rack)
	busy.Wait()
	close(ready)
	return profile
}
