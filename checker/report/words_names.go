package report

import "math"

// shownNames is how many goroutines are named one by one.
const shownNames = 4

// shortList says "a", "a and b", "b to g", "a, c, d, f and 3 more".
func shortList(names []string) string {
	inARow := true
	for i, name := range names {
		inARow = inARow && ordinal(name) == ordinal(names[0])+i
	}
	switch {
	case len(names) > 2 && inARow:
		return names[0] + " to " + names[len(names)-1]
	case len(names) > shownNames:
		names = append(names[:shownNames:shownNames], number(len(names)-shownNames)+" more")
	}
	return list(names)
}

// ordinal is the place of a goroutine's name: a, b, … z, aa, ab, …, and behind
// them T, the clock's.
func ordinal(name string) int {
	if name == "T" {
		return math.MaxInt
	}
	n := 0
	for _, c := range []byte(name[:min(len(name), 6)]) {
		n = 26*n + int(c-'a') + 1
	}
	return n
}
