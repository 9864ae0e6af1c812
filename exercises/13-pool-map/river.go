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

// Profile has every bottle analysed once and returns the readings.
//
// That many analysers work side by side. Each of them takes a bottle, is busy
// with it for as long as analyse takes, and then takes the next one.
func Profile(bottles []Bottle, analysers int, analyse func(Bottle) Reading) []Reading {
	// A profile is written once and read often, so it gets no spare memory: there
	// is room for one reading a bottle, and append need not look for more.
	profile := make([]Reading, 0, len(bottles))

	rack := make(chan Bottle)
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for bottle := range rack {
				reading := analyse(bottle)
				profile = append(profile, reading)
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
