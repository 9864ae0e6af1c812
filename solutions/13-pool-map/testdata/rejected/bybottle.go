// Rejected: wrong-result
// Feedback: Two bottles may say the same, and a map has one place for both.

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
	var mu sync.Mutex
	readings := make(map[Bottle]Reading)
	rack := make(chan Bottle)
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for bottle := range rack {
				reading := analyse(bottle)
				mu.Lock()
				readings[bottle] = reading
				mu.Unlock()
			}
		})
	}
	for _, bottle := range bottles {
		rack <- bottle
	}
	close(rack)
	busy.Wait()
	profile := make([]Reading, len(bottles))
	for i, bottle := range bottles {
		profile[i] = readings[bottle]
	}
	return profile
}
