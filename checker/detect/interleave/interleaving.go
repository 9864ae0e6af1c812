package interleave

import (
	"slices"
	"strconv"

	"racelab/checker/detect/gostack"
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
	at, _ := src.Place(gostack.Frames(e.Stack))
	s := finding.Step{
		Number: e.Step, Goroutine: nameOf(e.G), Op: finding.Op(e.Op.String()), Object: names.Of(e.Object), Value: e.Text, Location: at,
	}
	switch e.Op {
	case wire.OpGo:
		s.Object, s.Value = string(nameOf(e.Other)), ""
	case wire.OpAdd, wire.OpDone:
		if n, err := strconv.Atoi(e.Text); err == nil {
			s.Counter, s.Value = &n, ""
		}
	case wire.OpRace:
		s.Wrong, s.Fault = true, &finding.Fault{Kind: finding.FaultRace}
	case wire.OpPanic, wire.OpFail:
		s.Wrong, s.Fault, s.Value = true, &finding.Fault{Kind: finding.FaultSaid, Text: e.Text}, ""
	}
	return s
}

// mark marks where no goroutine could go on any more.
func (r Record) mark(steps []finding.Step) {
	if r.Ending.End != wire.Stuck && r.Ending.End != wire.TooLate || len(steps) == 0 || len(r.Waits) == 0 {
		return
	}
	fault := &finding.Fault{Kind: finding.FaultStuck}
	switch {
	case r.Ending.Over:
		fault.Kind, fault.Count = finding.FaultLeft, len(r.Waits)
	case r.Ending.End == wire.TooLate:
		fault.Kind = finding.FaultLate
	}
	last := &steps[len(steps)-1]
	last.Wrong, last.Fault = true, fault
}

// lanes are the goroutines, in order of their start.
func (r Record) lanes(test string, src finding.Sources) []finding.Lane {
	lanes := []finding.Lane{{Name: nameOf(0), Function: test}}
	known := map[int]bool{0: true}
	for _, e := range r.Steps {
		if e.Op != wire.OpGo || known[e.Other] {
			continue
		}
		known[e.Other] = true
		started, _ := src.Place(gostack.Frames(e.Stack))
		lanes = append(lanes, finding.Lane{Name: nameOf(e.Other), Function: r.function(e.Other, src), Started: started})
	}
	for _, e := range slices.Concat(r.Steps, r.Waits) {
		if !known[e.G] && e.G != wire.Clock {
			known[e.G] = true
			lanes = append(lanes, finding.Lane{Name: nameOf(e.G), Function: r.function(e.G, src)})
		}
	}
	slices.SortStableFunc(lanes[1:], func(a, b finding.Lane) int { return a.Name.Ordinal() - b.Name.Ordinal() })
	if slices.ContainsFunc(r.Steps, func(e wire.Explored) bool { return e.G == wire.Clock }) {
		lanes = append(lanes, finding.Lane{Name: finding.Clock})
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
			if own := src.Trim(gostack.Frames(e.Stack)); len(own) > 0 {
				return own[len(own)-1].Function
			}
		}
	}
	return ""
}
