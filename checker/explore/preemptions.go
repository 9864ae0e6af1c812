package explore

import "racelab/checker/labrt/wire"

// Preemptions are the steps of a schedule, from 1, before which a goroutine was
// interrupted that could have gone on.
func Preemptions(t wire.Trace) []int {
	var steps []int
	last := 0
	for i, s := range t.Steps {
		if s.Stay && s.G != last {
			steps = append(steps, i+1)
		}
		last = s.G
	}
	return steps
}
