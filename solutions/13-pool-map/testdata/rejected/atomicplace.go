// Rejected: wrong-result
// Feedback: No two readings get the same place, but the place is taken when a reading is ready, and not when its bottle is handed out.

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
	rack := make(chan Bottle)
	var ready atomic.Int64
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for bottle := range rack {
				reading := analyse(bottle)
				profile[ready.Add(1)-1] = reading
			}
		})
	}
	for _, bottle := range bottles {
		rack <- bottle
	}
	close(rack)
	busy.Wait()
	return profile
}
