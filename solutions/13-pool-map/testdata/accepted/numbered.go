// Accepted: readings travel with their places on a channel, and one goroutine, the caller, puts them there.

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
	rack, ready := make(chan int), make(chan numbered)
	go func() {
		for i := range bottles {
			rack <- i
		}
		close(rack)
	}()
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for i := range rack {
				ready <- numbered{i, analyse(bottles[i])}
			}
		})
	}
	go func() {
		busy.Wait()
		close(ready)
	}()
	profile := make([]Reading, len(bottles))
	for r := range ready {
		profile[r.place] = r.reading
	}
	return profile
}
