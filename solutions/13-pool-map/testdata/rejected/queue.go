// Rejected: wrong-result
// Feedback: A channel keeps the order in which values are sent, and they are sent in the order in which they are ready.

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
	rack, ready := make(chan Bottle, len(bottles)), make(chan Reading)
	for _, bottle := range bottles {
		rack <- bottle
	}
	close(rack)
	for range analysers {
		go func() {
			for bottle := range rack {
				ready <- analyse(bottle)
			}
		}()
	}
	profile := make([]Reading, 0, len(bottles))
	for range bottles {
		profile = append(profile, <-ready)
	}
	return profile
}
