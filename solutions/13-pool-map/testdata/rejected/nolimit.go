// Rejected: wrong-result
// Feedback: Every reading is in its place, but every bottle has an analyser of its own: more than there are.

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
	var busy sync.WaitGroup
	for i, bottle := range bottles {
		busy.Go(func() { profile[i] = analyse(bottle) })
	}
	busy.Wait()
	return profile
}
