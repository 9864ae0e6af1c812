package interleave

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// Interleaving is the record as a person can follow it. test names the first
// goroutine.
func (r Record) Interleaving(test string, names Names, src finding.Sources) finding.Interleaving {
	in := finding.Interleaving{Goroutines: r.lanes(test, src), Left: r.waiting(names, src)}
	for _, e := range r.Steps {
		in.Steps = append(in.Steps, step(e, names, src))
	}
	r.mark(in.Steps)
	return in
}

func step(e wire.Explored, names Names, src finding.Sources) finding.Step {
	at, _ := src.Place(Frames(e.Stack))
	s := finding.Step{
		Number: e.Step, Goroutine: wire.Letters(e.G), Op: e.Op.String(), Object: names.Of(e.Object), Value: e.Text, Location: at,
	}
	switch e.Op {
	case wire.OpGo:
		s.Object, s.Value = wire.Letters(e.Other), ""
	case wire.OpRace:
		s.Wrong, s.Why = true, "a data race: nothing orders what this goroutine did just before and what another did"
	case wire.OpPanic:
		s.Wrong, s.Why, s.Value = true, e.Text, ""
	case wire.OpFail:
		s.Wrong, s.Why, s.Value = true, e.Text, ""
	}
	return s
}

// mark marks where nobody could go on any more.
func (r Record) mark(steps []finding.Step) {
	if r.Ending.End != wire.Stuck && r.Ending.End != wire.TooLate || len(steps) == 0 || len(r.Waits) == 0 {
		return
	}
	last := &steps[len(steps)-1]
	last.Wrong = true
	switch {
	case r.Ending.Over:
		last.Why = fmt.Sprintf("the test has returned, and %d of its goroutines will never end", len(r.Waits))
	case r.Ending.End == wire.TooLate:
		last.Why = "the test still waits after a minute on the virtual clock"
	default:
		last.Why = "from here on nobody can go on"
	}
}

// lanes are the goroutines, in order of their start.
func (r Record) lanes(test string, src finding.Sources) []finding.Lane {
	lanes := []finding.Lane{{Name: wire.Letters(0), Function: test}}
	known := map[int]bool{0: true}
	for _, e := range r.Steps {
		if e.Op != wire.OpGo || known[e.Other] {
			continue
		}
		known[e.Other] = true
		started, _ := src.Place(Frames(e.Stack))
		lanes = append(lanes, finding.Lane{Name: wire.Letters(e.Other), Function: r.function(e.Other, src), Started: started})
	}
	for _, e := range slices.Concat(r.Steps, r.Waits) {
		if !known[e.G] && e.G != wire.Clock {
			known[e.G] = true
			lanes = append(lanes, finding.Lane{Name: wire.Letters(e.G), Function: r.function(e.G, src)})
		}
	}
	slices.SortStableFunc(lanes[1:], func(a, b finding.Lane) int { return cmp.Or(len(a.Name)-len(b.Name), strings.Compare(a.Name, b.Name)) })
	if slices.ContainsFunc(r.Steps, func(e wire.Explored) bool { return e.G == wire.Clock }) {
		lanes = append(lanes, finding.Lane{Name: wire.Letters(wire.Clock), Function: "the clock, where it goes on although somebody else can"})
	}
	return lanes
}

// function is the outermost function of the exercise's that goroutine g is seen
// in: the one that it runs.
func (r Record) function(g int, src finding.Sources) string {
	for _, steps := range [][]wire.Explored{r.Steps, r.Waits} {
		for _, e := range steps {
			if e.G != g {
				continue
			}
			if own := src.Trim(Frames(e.Stack)); len(own) > 0 {
				return own[len(own)-1].Function
			}
		}
	}
	return ""
}
