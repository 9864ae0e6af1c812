package report

import (
	"slices"
	"strings"

	"racelab/checker/diagram"
	"racelab/checker/finding"
	"racelab/checker/report/terminal"
	"racelab/checker/report/webpage"
)

// stuck are the rows of those who cannot go on at the end: one for each, and of those that
// share a lane one for all that do the same.
func (b *pictureBuilder) stuck() {
	for _, same := range b.stuckAlike() {
		w := same[0]
		lane := b.laneOf(w.Goroutine)
		r := webpage.Row{Sort: webpage.Stuck, Lane: b.columnOf(lane), Text: terminal.Line(waitText(w, len(same)))}
		if n := len(b.Rows); n > 0 {
			r.Waits = b.Rows[n-1].Waits
		}
		b.place(&r, w.Location)
		var names []finding.GoroutineName
		for _, w := range same {
			names = append(names, w.Goroutine)
		}
		b.nameIn(&r, shortList(names))
		r.Moves = b.moves([]diagram.Move{{Lane: lane, At: w.Location}}, lane)
		r.Why = cutLine(calledAt(b.caller(lane, w.Location)))
		b.Rows = append(b.Rows, r)
	}
}

func (b *pictureBuilder) stuckAlike() (all [][]finding.Waiting) {
	shares := func(name finding.GoroutineName) bool {
		return b.shared != webpage.NoLane && b.columnOf(b.laneOf(name)) == b.shared
	}
	for _, w := range b.in.Left {
		i := slices.IndexFunc(all, func(same []finding.Waiting) bool {
			o := same[0]
			return shares(o.Goroutine) && o.Op == w.Op && o.Object == w.Object && o.Location == w.Location
		})
		if i >= 0 && shares(w.Goroutine) {
			all[i] = append(all[i], w)
		} else {
			all = append(all, []finding.Waiting{w})
		}
	}
	return all
}

func (b *pictureBuilder) laneOf(name finding.GoroutineName) int {
	return slices.IndexFunc(b.in.Goroutines, func(l finding.Lane) bool { return l.Name == name })
}

// caller is the learner's own line from which a goroutine has come to one where it waits, as
// far as the findings tell. They number goroutines in the order of their start, from 1.
func (b *pictureBuilder) caller(lane int, at finding.Location) finding.Location {
	if strings.HasSuffix(at.File, "_test.go") {
		return finding.Location{}
	}
	for _, f := range b.findings {
		for _, g := range f.Evidence.Goroutines {
			if g.ID != lane+1 || len(g.Stack) < 2 {
				continue
			}
			here, from := g.Stack[0], g.Stack[1]
			if here.File == at.File && here.Line == at.Line && from.File == at.File {
				return finding.Location{File: from.File, Line: from.Line, Function: from.Function}
			}
		}
	}
	return finding.Location{}
}
