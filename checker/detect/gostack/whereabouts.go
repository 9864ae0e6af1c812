package gostack

import (
	"slices"

	"racelab/checker/finding"
)

// Whereabouts is where a goroutine is and what it does there. Its Place is the one
// to look at: the innermost line of the learner's own, where there is one.
type Whereabouts struct {
	finding.Spot
	// Forever is that of its Wait.
	Forever bool
}

// Whereabouts is that of g; ok is false when its stack never enters the exercise.
func (g Goroutine) Whereabouts(src finding.Sources) (w Whereabouts, ok bool) {
	place, ok := src.Place(g.Stack)
	if !ok {
		return w, false
	}
	w = whereabouts(place, g.Wait(src))
	i := slices.IndexFunc(g.Stack, func(f finding.Frame) bool { return isOf(src, f) })
	if i >= 0 && !src.IsEditable(g.Stack[i].File) && src.IsEditable(w.Place.File) {
		w.Deeper, _ = src.Place(g.Stack[i : i+1])
	}
	return w, true
}

// isOf reports whether a frame is in the exercise.
func isOf(src finding.Sources, f finding.Frame) bool {
	_, ok := src.Rel(f.File)
	return ok
}

func whereabouts(place finding.Location, wait Wait) Whereabouts {
	return Whereabouts{Spot: finding.Spot{Place: place, Doing: wait.Doing}, Forever: wait.Forever}
}
