// Rejected: wrong-result
// Feedback: Taking a bottle and taking a number are two steps: another analyser may come in between, and their readings change places.

package river

import (
	"sync"
	"sync/atomic"
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
	profile := make([]Reading, len(bottles))
	rack := make(chan Bottle, len(bottles))
	for _, b := range bottles {
		rack <- b
	}
	close(rack)
	var taken atomic.Int64
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for b := range rack {
				i := taken.Add(1) - 1
				profile[i] = analyse(b)
			}
		})
	}
	busy.Wait()
	return profile
}
