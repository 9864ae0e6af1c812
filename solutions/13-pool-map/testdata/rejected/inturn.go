// Rejected: deadlock
// Feedback: Analysers queue to append in the order of the bottles, and who queues behind a slow bottle takes no other one.

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
	var (
		mu      sync.Mutex
		next    int
		profile []Reading
		busy    sync.WaitGroup
	)
	written := sync.NewCond(&mu)
	take := func() int {
		mu.Lock()
		defer mu.Unlock()
		next++
		return next - 1
	}
	write := func(i int, r Reading) {
		mu.Lock()
		defer mu.Unlock()
		for len(profile) < i { // whose turn it is
			written.Wait()
		}
		profile = append(profile, r)
		written.Broadcast()
	}
	for range analysers {
		busy.Go(func() {
			for i := take(); i < len(bottles); i = take() {
				write(i, analyse(bottles[i]))
			}
		})
	}
	busy.Wait()
	return profile
}
