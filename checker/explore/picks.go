package explore

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// PicksOf expresses a schedule by where it differs from wire.Stay: the goroutine that went
// last goes on as long as it can, else the first that can, and a select tries
// its first case first. Preemptions is how often a goroutine that could have
// gone on did not.
func PicksOf(t wire.Trace) (picks wire.Picks, preemptions int) {
	steps := make([]int, len(t.Parents)+2)
	last := 0
	for _, s := range t.Steps {
		if preempts(s, s.G, last) {
			preemptions++
		}
		if s.G != usual(s, last) || s.Insists {
			picks = withPick(picks, wire.Pick{Last: last, Steps: *of(steps, last), To: s.G})
		}
		*of(steps, s.G)++
		if c := caseOf(s); c > 0 {
			picks = append(picks, wire.Pick{Last: s.G, Steps: *of(steps, s.G), Case: true, To: c})
		}
		last = s.G
	}
	return picks, preemptions
}

// withPick appends p to picks, or lets their last one stand for it too.
func withPick(picks wire.Picks, p wire.Pick) wire.Picks {
	if n := len(picks) - 1; n >= 0 && p.To == p.Last {
		if before := &picks[n]; !before.Case && before.To == p.To && before.Last == p.Last && before.Steps+before.More+1 == p.Steps {
			before.More++
			return picks
		}
	}
	return append(picks, p)
}

// Preemptions are the steps of a schedule, from 1, before which a goroutine was
// interrupted that could have gone on, or by which time passed although one could.
func Preemptions(t wire.Trace) []int {
	var steps []int
	last := 0
	for i, s := range t.Steps {
		if preempts(s, s.G, last) {
			steps = append(steps, i+1)
		}
		last = s.G
	}
	return steps
}

// preempts reports whether the one that went last is interrupted when g goes. The
// clock interrupts every goroutine.
func preempts(s wire.Step, g, last int) bool {
	return g == wire.Clock || s.Stay && g != last
}

// Overtakes reports whether time passed although a goroutine could have gone on.
func Overtakes(t wire.Trace) bool {
	for _, s := range t.Steps {
		if s.G == wire.Clock {
			return true
		}
	}
	return false
}

// overtakable reports whether that could have happened: the clock stands behind
// all others that could have gone on.
func overtakable(t wire.Trace) bool {
	return slices.ContainsFunc(t.Steps, offersClock)
}

// offersClock reports whether a timer could have fired instead of a step.
func offersClock(s wire.Step) bool {
	n := len(s.Enabled)
	return n > 0 && s.Enabled[n-1].G == wire.Clock
}

// usual is the goroutine that goes when there is no pick.
func usual(s wire.Step, last int) int {
	if s.Stay {
		return last
	}
	first := -1
	for _, p := range s.Enabled {
		if p.G != wire.Clock && (first < 0 || p.G < first) {
			first = p.G
		}
	}
	if first < 0 {
		return last
	}
	return first
}

// caseOf is the case that a select must try first to take the one it took.
func caseOf(s wire.Step) int {
	if s.Taken < 0 {
		return 0 // none was ready
	}
	if next, ok := chosen(s); !ok || next.Cases < 2 {
		return 0
	}
	return s.Case
}

// pendingOf is what g could have done at a choice.
func pendingOf(s wire.Step, g int) (wire.Pending, bool) {
	for _, p := range s.Enabled {
		if p.G == g {
			return p, true
		}
	}
	return wire.Pending{}, false
}
