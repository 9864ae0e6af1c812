// Rejected: goroutine-leak
// Feedback: All readings are there, but nobody has told the analysers that no bottle comes any more: they wait at the rack for ever.

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
	var left sync.WaitGroup
	left.Add(len(bottles))
	for range analysers {
		go func() {
			for i := range places {
				profile[i] = analyse(bottles[i])
				left.Done()
			}
		}()
	}
	for i := range bottles {
		places <- i
	}
	left.Wait()
	return profile
}
