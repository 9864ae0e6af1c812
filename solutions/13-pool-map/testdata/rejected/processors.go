// Rejected: wrong-result
// Feedback: An analyser that is busy does not need a processor: however few the server has, all analysers can work at the same time.

package river

import "sync"

// processors are what the server of the laboratory has.
const processors = 8

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
	for range min(analysers, processors) { // more would only wait for each other
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
	return profile
}
