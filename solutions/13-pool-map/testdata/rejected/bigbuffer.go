// Rejected: deadlock
// Feedback: A long list does not fit into the rack, and nobody takes a bottle out before all are in.

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
	profile := make([]Reading, len(bottles))
	places := make(chan int, 1000) // so that nobody has to wait
	for i := range bottles {
		places <- i
	}
	close(places)
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for i := range places {
				profile[i] = analyse(bottles[i])
			}
		})
	}
	busy.Wait()
	return profile
}
