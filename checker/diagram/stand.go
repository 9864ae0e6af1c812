package diagram

import (
	"slices"

	"racelab/checker/finding"
)

// moves finds the line on which each goroutine stands: while it takes a step that of the
// step, and from then on that of what it does next.
func (b builder) moves(steps []Step) {
	at := make([]finding.Location, len(b.Goroutines))
	move := func(i, lane int, to finding.Location) {
		if to.File == "" && to != (finding.Location{}) {
			return
		}
		if to = (finding.Location{File: to.File, Line: to.Line, Function: to.Function}); at[lane] != to {
			at[lane] = to
			steps[i].Moves = append(steps[i].Moves, Move{lane, to})
		}
	}
	for i, s := range b.Steps {
		lane := b.lane[i]
		if i > 0 && b.lane[i-1] >= 0 && b.lane[i-1] != lane {
			move(i, b.lane[i-1], b.standsAt(i-1))
		}
		if lane < 0 {
			continue
		}
		switch {
		case s.Op == finding.OpEnd:
			move(i, lane, finding.Location{})
		case s.Location.File != "":
			move(i, lane, s.Location)
		}
	}
}

// standsAt is where the goroutine of step i stands while others take steps.
func (b builder) standsAt(i int) finding.Location {
	switch next, left := b.next[i], b.left[b.lane[i]]; {
	case b.Steps[i].Op == finding.OpEnd:
		return finding.Location{}
	case next >= 0 && b.Steps[next].Location.File != "" && !blocks(b.Steps[i]):
		return b.Steps[next].Location
	case next == noStep && left.Location.File != "":
		return left.Location
	}
	return b.Steps[i].Location
}

// values finds what is known of objects: what was read, written, counted or handed over.
func (b builder) values(steps []Step) {
	known := map[string]string{}
	for i, s := range b.Steps {
		value := valueOf(s)
		switch s.Op {
		case opRead, opWrite, opLoad, opStore, opUpdate, finding.OpSend, finding.OpReceive, finding.OpSelect:
		default:
			continue
		}
		if s.Object == "" || value == "" || known[s.Object] == value {
			continue
		}
		known[s.Object] = value
		steps[i].Sets = []Set{{s.Object, value}}
	}
}

// A Lost is a write that undoes those of other goroutines: what it writes was made of what
// it had read before they wrote.
type Lost struct {
	Lane        int
	Object      string
	Read, Write int   // its steps
	Undone      []int // the writes of others in between
}

// lost are the writes that undo another goroutine's.
func (b builder) lost() []Lost {
	type doing struct {
		read   int
		others []int
	}
	var out []Lost
	reading := map[string]map[int]*doing{} // by object and lane
	for i, s := range b.Steps {
		if !isAccess(s.Op) || s.Object == "" || b.lane[i] < 0 {
			continue
		}
		lanes := reading[s.Object]
		if lanes == nil {
			lanes = map[int]*doing{}
			reading[s.Object] = lanes
		}
		if s.Op == opRead {
			lanes[b.lane[i]] = &doing{read: i}
			continue
		}
		if d := lanes[b.lane[i]]; d != nil && len(d.others) > 0 && b.Steps[d.read].Location == s.Location {
			out = append(out, Lost{Lane: b.lane[i], Object: s.Object, Read: d.read, Write: i, Undone: d.others})
		}
		delete(lanes, b.lane[i])
		for _, d := range lanes {
			d.others = append(d.others, i)
		}
	}
	slices.SortStableFunc(out, func(a, b Lost) int { return a.Write - b.Write })
	return out
}
