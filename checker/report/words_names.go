package report

import "racelab/checker/finding"

// shownNames is how many goroutines are named one by one.
const shownNames = 4

// shortList says "a", "a and b", "b to g", "a, c, d, f and 3 more".
func shortList(names []finding.GoroutineName) string {
	inARow := true
	for i, name := range names {
		inARow = inARow && name.Ordinal() == names[0].Ordinal()+i
	}
	out := texts(names)
	switch {
	case len(out) > 2 && inARow:
		return out[0] + " to " + out[len(out)-1]
	case len(out) > shownNames:
		out = append(out[:shownNames:shownNames], number(len(out)-shownNames)+" more")
	}
	return list(out)
}
