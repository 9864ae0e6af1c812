// Rejected: wrong-result
// Feedback: Bottles that say the same are different bottles: while one of them is analysed, the analysers of the others need not wait for it.

package river

import "sync"

type Bottle struct {
	Km, Depth int
}

type Reading int

func Profile(bottles []Bottle, analysers int, analyse func(Bottle) Reading) []Reading {
	// A bottle is in one analyser at a time.
	inUse := make(map[Bottle]*sync.Mutex)
	for _, bottle := range bottles {
		if inUse[bottle] == nil {
			inUse[bottle] = new(sync.Mutex)
		}
	}

	profile := make([]Reading, len(bottles))
	places := make(chan int)
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for i := range places {
				mu := inUse[bottles[i]]
				mu.Lock()
				profile[i] = analyse(bottles[i])
				mu.Unlock()
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
