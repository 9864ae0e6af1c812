// Package river makes the nitrate profile of a river from bottles of its water.
package river

import "sync"

// A Bottle is water that was taken so many kilometres from the spring and so
// many metres below the surface. Two bottles may well say the same.
type Bottle struct {
	Km, Depth int
}

// A Reading is how many micrograms of nitrate are in a litre. It may be any int:
// clean water reads 0, and an analyser that has drifted may read less.
type Reading int

// Profile has every bottle analysed once and returns the readings, in the order
// of the bottles.
//
// That many analysers work side by side. Each of them takes a bottle, is busy
// with it for as long as analyse takes, and then takes the next one.
func Profile(bottles []Bottle, analysers int, analyse func(Bottle) Reading) []Reading {
	// All places are there from the beginning. Analysers write into different
	// elements, which are different variables, so they need no lock; and nobody
	// writes the slice itself, as append would.
	profile := make([]Reading, len(bottles))

	// What is handed out is the place of a bottle, not the bottle: that is how an
	// analyser knows where the reading belongs, whenever it is ready.
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
	// Waiting does two things: after it all readings are there, and it orders the
	// writing of each before the reading by whoever gets the profile.
	busy.Wait()
	return profile
}
