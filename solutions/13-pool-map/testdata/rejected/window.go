// Rejected: deadlock
// Feedback: The channel of unfinished readings is full when one bottle is slow, and then no new one is begun although analysers are free.

package river

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
	begun := make(chan chan Reading, analysers-1)
	go func() {
		defer close(begun)
		for _, bottle := range bottles {
			ready := make(chan Reading, 1)
			begun <- ready // waits while as many are begun as there are analysers
			go func() { ready <- analyse(bottle) }()
		}
	}()
	var profile []Reading
	for ready := range begun {
		profile = append(profile, <-ready)
	}
	return profile
}
