// Accepted: a goroutine for each bottle, of which errgroup lets so many run at a time as there are analysers.

package river

import "golang.org/x/sync/errgroup"

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
	var lab errgroup.Group
	lab.SetLimit(analysers)
	for i, bottle := range bottles {
		lab.Go(func() error {
			profile[i] = analyse(bottle)
			return nil
		})
	}
	_ = lab.Wait() // nobody returns an error
	return profile
}
