// Rejected: wrong-result
// Feedback: Every profile belongs to whoever asked for it, and a list without bottles is no exception: an empty slice with spare memory is shared memory for those who append to it.

package river

import "sync"

type Bottle struct {
	Km, Depth int
}

type Reading int

// An empty sheet, with room for what people note on it, need not be made anew.
var empty = make([]Reading, 0, 8)

func Profile(bottles []Bottle, analysers int, analyse func(Bottle) Reading) []Reading {
	if len(bottles) == 0 {
		return empty
	}

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
	return profile
}
