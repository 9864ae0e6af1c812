// Rejected: deadlock
// Feedback: Each analyser has its share of the bottles from the beginning, so behind a slow bottle others wait although another analyser is free.

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
	profile := make([]Reading, len(bottles))
	share := max(1, (len(bottles)+analysers-1)/analysers)
	var busy sync.WaitGroup
	for first := range slices.Chunk(places(len(bottles)), share) {
		busy.Go(func() {
			for _, i := range first {
				profile[i] = analyse(bottles[i])
			}
		})
	}
	busy.Wait()
	return profile
}

func places(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
