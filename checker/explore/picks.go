package explore

import "racelab/checker/labrt/wire"

// PicksOf expresses a schedule by where it differs from wire.Stay: whoever went
// last goes on as long as it can, else the first that can, and a select tries
// its first case first. Preemptions is how often a goroutine that could have
// gone on did not.
func PicksOf(t wire.Trace) (picks wire.Picks, preemptions int) {
	steps := make([]int, max(1, len(t.Parents)))
	last := 0
	for _, s := range t.Steps {
		if preempts(s, s.G, last) {
			preemptions++
		}
		if s.G != usual(s, last) {
			picks = append(picks, wire.Pick{Last: last, Steps: steps[last], To: s.G})
		}
		steps[s.G]++
		if c := caseOf(s); c > 0 {
			picks = append(picks, wire.Pick{Last: s.G, Steps: steps[s.G], Case: true, To: c})
		}
		last = s.G
	}
	return picks, preemptions
}

// Preemptions are the steps of a schedule, from 1, before which a goroutine was
// interrupted that could have gone on.
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

// preempts reports whether the one that went last is interrupted when g goes.
func preempts(s wire.Step, g, last int) bool { return s.Stay && g != last }

// usual is who goes when there is no pick.
func usual(s wire.Step, last int) int {
	if s.Stay || len(s.Enabled) == 0 {
		return last
	}
	first := s.Enabled[0].G
	for _, p := range s.Enabled {
		first = min(first, p.G)
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
