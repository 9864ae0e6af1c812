// Rejected: wrong-result
// Feedback: No reading is lost any more, but a lock does not say who comes first: the readings still stand in the order in which they are ready.

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
	profile := make([]Reading, 0, len(bottles))
	rack := make(chan Bottle)
	var mu sync.Mutex
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for bottle := range rack {
				reading := analyse(bottle)
				mu.Lock()
				profile = append(profile, reading)
				mu.Unlock()
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
