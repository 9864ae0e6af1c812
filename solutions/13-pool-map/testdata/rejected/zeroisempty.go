// Rejected: wrong-result
// Feedback: Clean water reads 0: that a place holds 0 does not say that nobody has written it, and the bottle is analysed a second time.

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
	places := make(chan int)
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for i := range places {
				profile[i] = analyse(bottles[i])
			}
		})
	}
	for i := range bottles {
		places <- i
	}
	close(places)
	busy.Wait()
	for i, reading := range profile {
		if reading == 0 { // lost
			profile[i] = analyse(bottles[i])
		}
	}
	return profile
}
