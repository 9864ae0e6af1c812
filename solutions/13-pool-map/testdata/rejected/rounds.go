// Rejected: deadlock
// Feedback: The next round begins only when the slowest bottle of this one is ready, and until then the other analysers stand idle.

package river

import (
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
	profile := make([]Reading, 0, len(bottles))
	for round := range slices.Chunk(bottles, analysers) {
		readings := make([]Reading, len(round))
		var busy sync.WaitGroup
		for i, bottle := range round {
			busy.Go(func() { readings[i] = analyse(bottle) })
		}
		busy.Wait()
		profile = append(profile, readings...)
	}
	return profile
}
