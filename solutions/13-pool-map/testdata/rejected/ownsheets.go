// Rejected: wrong-result
// Feedback: Nothing is shared any more, but the sheets of the analysers laid one behind the other are not the list of bottles.

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
	sheets := make([][]Reading, analysers)
	rack := make(chan Bottle)
	var busy sync.WaitGroup
	for i := range sheets {
		busy.Go(func() {
			for bottle := range rack {
				sheets[i] = append(sheets[i], analyse(bottle))
			}
		})
	}
	for _, bottle := range bottles {
		rack <- bottle
	}
	close(rack)
	busy.Wait()
	return slices.Concat(sheets...)
}
