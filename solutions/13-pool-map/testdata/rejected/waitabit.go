// Rejected: data-race
// Feedback: A pause makes it likely that the last readings are written, and orders nothing: a bottle may take longer, and then its place is still empty.

package river

import "time"

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
	for range analysers {
		go func() {
			for i := range places {
				profile[i] = analyse(bottles[i])
			}
		}()
	}
	for i := range bottles {
		places <- i
	}
	close(places)
	time.Sleep(5 * time.Millisecond) // for the bottles that are still being analysed
	return profile
}
