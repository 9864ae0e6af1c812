// Accepted: each bottle has a channel of its own for its reading; they are read in the order of the bottles.

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
	free := make(chan struct{}, analysers)
	sheets := make([]chan Reading, len(bottles))
	for i, bottle := range bottles {
		free <- struct{}{}
		sheets[i] = make(chan Reading, 1)
		go func() {
			sheets[i] <- analyse(bottle)
			<-free
		}()
	}
	var profile []Reading
	for _, sheet := range sheets {
		profile = append(profile, <-sheet)
	}
	return profile
}
