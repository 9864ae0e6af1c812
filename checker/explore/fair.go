package explore

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// The run-time is fair: a spinning goroutine is not asked to go on, and then left
// out as long as others are runnable. Whether it spins depends on the order of
// independent steps, too, so where that happens nothing can be claimed.

// crowded reports whether some step had more candidates than its trace lists: the others
// are never tried.
func crowded(t wire.Trace) bool {
	return slices.ContainsFunc(t.Steps, func(s wire.Step) bool { return s.Crowd })
}

// spins reports whether the trace has a goroutine that could have gone on and was
// not asked to. Then what counts as a preemption does not follow from the state.
func spins(t wire.Trace) bool {
	for i, step := range t.Steps {
		if next, _ := chosen(step); next.Op != wire.OpGosched && spinsAfter(t, i) { // which asks for it
			return true
		}
	}
	return false
}

// leftOut reports whether a goroutine may have been left out. One that was about to
// take a step and did not is still about to, unless the step takes a lock. One that
// has taken a step may be blocked, or have ended, unless it spun before or has
// gone on for long.
func leftOut(t wire.Trace) bool {
	spun, row := map[int]bool{}, 0
	for i := 1; i < len(t.Steps); i++ {
		last := t.Steps[i-1].G
		if row++; i > 1 && t.Steps[i-2].G != last {
			row = 1
		}
		if _, could := pendingOf(t.Steps[i], last); could && !t.Steps[i].Stay {
			spun[last] = true
		}
		for _, p := range t.Steps[i-1].Enabled {
			if _, can := pendingOf(t.Steps[i], p.G); can || p.G == wire.Clock {
				continue
			}
			if p.G != last && !takesLock(p.Op) {
				return true
			}
			if p.G == last && (row >= wire.LongRun || spun[last] && inVain(p.Op)) && goesOn(t, i, last) {
				return true
			}
		}
	}
	return false
}

// goesOn reports whether g is a candidate again after choice i.
func goesOn(t wire.Trace, i, g int) bool {
	return slices.ContainsFunc(t.Steps[i+1:], func(s wire.Step) bool {
		_, can := pendingOf(s, g)
		return can
	})
}

// takesLock reports whether op may have to be waited for before its turn.
func takesLock(op wire.Op) bool {
	return op == wire.OpLock || op == wire.OpRLock || op == wire.OpOnce
}

// inVain reports whether op can be one that changes nothing.
func inVain(op wire.Op) bool {
	switch op {
	case wire.OpLoad, wire.OpSwap, wire.OpTryLock, wire.OpTryRLock, wire.OpLen, wire.OpErr, wire.OpGosched, wire.OpSelect, wire.OpMapRead, wire.OpLibrary:
		return true
	}
	return false
}
