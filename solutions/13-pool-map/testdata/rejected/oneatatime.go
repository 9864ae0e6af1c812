// Rejected: deadlock
// Feedback: With the lock held while a bottle is analysed, one analyser works and the others wait for it.

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
	profile := make([]Reading, 0, len(bottles))
	var mu sync.Mutex
	var busy sync.WaitGroup
	for range analysers {
		busy.Go(func() {
			for {
				mu.Lock()
				if len(profile) == len(bottles) {
					mu.Unlock()
					return
				}
				profile = append(profile, analyse(bottles[len(profile)]))
				mu.Unlock()
			}
		})
	}
	busy.Wait()
	return profile
}
