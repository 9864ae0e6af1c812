// Rejected: wrong-result
// Feedback: The sheet goes back into the pool when Profile returns, which is just when the caller begins to read it.

package river

import (
	"slices"
	"sync"
)

// sheets are used again: a profile is made every minute.
var sheets = sync.Pool{New: func() any { return new([]Reading) }}

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
	sheet := sheets.Get().(*[]Reading)
	defer sheets.Put(sheet)
	*sheet = slices.Grow((*sheet)[:0], len(bottles))
	profile := (*sheet)[:len(bottles)]
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
	return profile
}
