package explore

import (
	"iter"

	"racelab/checker/labrt/wire"
)

// Neighbours are the picks of schedules that differ from a trace in one choice: first those
// that have the longest beginning in common with it. After that choice every goroutine goes
// on as long as it can, or the later choices are made as they were. A choice is also that a
// timer fires while goroutines could go on: where those sleep that are overtaken in a failing
// schedule, there may be no other way past.
func Neighbours(t wire.Trace) iter.Seq[wire.Picks] {
	all, _ := PicksOf(t)
	return func(yield func(wire.Picks) bool) {
		for k := len(t.Steps) - 1; k >= 0; k-- {
			begun := t
			begun.Steps = t.Steps[:k]
			before, _ := PicksOf(begun)
			last, steps := lastOf(begun)
			for _, p := range t.Steps[k].Enabled {
				if p.G == t.Steps[k].G {
					continue
				}
				here := append(append(wire.Picks{}, before...), wire.Pick{Last: last, Steps: steps, To: p.G})
				if !yield(here) {
					return
				}
				if rest := laterThan(all, before, last, steps); len(rest) > 0 && !yield(append(here[:len(here):len(here)], rest...)) {
					return
				}
			}
		}
	}
}

// lastOf is the goroutine that went last, and how many steps it has taken.
func lastOf(t wire.Trace) (last, steps int) {
	if n := len(t.Steps); n > 0 {
		last = t.Steps[n-1].G
	}
	for _, s := range t.Steps {
		if s.G == last {
			steps++
		}
	}
	return last, steps
}

// laterThan are the picks that follow those before, without one at the moment that is picked
// anew.
func laterThan(all, before wire.Picks, last, steps int) wire.Picks {
	if len(before) >= len(all) {
		return nil
	}
	rest := all[len(before):]
	if p := rest[0]; !p.Case && p.Last == last && p.Steps == steps {
		rest = rest[1:]
	}
	return rest
}
