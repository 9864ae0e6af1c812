// Rejected: wrong-result
// Feedback: Between the Load and the Store another analyser may take the same bottle: two atomic operations are not one.

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
	var next atomic.Int64
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for {
				i := next.Load()
				next.Store(i + 1)
				if int(i) >= len(bottles) {
					return
				}
				profile[i] = analyse(bottles[i])
			}
		})
	}
	busy.Wait()
	return profile
}
