package diagram

import (
	"slices"

	"racelab/checker/finding"
)

// mostLanes is how many lanes there is room for. Where there are more, mostTelling have a line
// of their own: nobody follows that many beside each other.
const (
	mostLanes   = 24
	mostTelling = 12
)

// telling marks the lanes that have a line of their own, of those that are not idle: first those
// that show what goes wrong, then others in the order of their start.
func (b builder) telling(d Diagram) {
	most := 0
	for _, l := range d.Lanes {
		if !l.Idle {
			most++
		}
	}
	if most > mostLanes {
		most = mostTelling
	}
	add := func(lanes ...int) {
		for _, l := range lanes {
			if l >= 0 && most > 0 && !d.Lanes[l].Telling && !d.Lanes[l].Idle {
				d.Lanes[l].Telling = true
				most--
			}
		}
	}
	if len(d.Lanes) > 0 {
		add(0, slices.IndexFunc(d.Lanes, func(l Lane) bool { return l.Name == finding.Clock }))
	}
	for _, m := range d.Missing {
		add(m.First.Lane, m.Second.Lane)
	}
	for _, l := range d.Lost {
		add(l.Lane)
		for _, i := range l.Undone {
			add(b.lane[i])
		}
	}
	for i, s := range b.Steps {
		if s.Wrong || s.Explains {
			add(b.lane[i])
		}
	}
	for _, g := range d.Gaps[:min(1, len(d.Gaps))] { // the others are of the same sort
		add(g.Lane)
		for _, s := range g.Others {
			add(s.Lane)
		}
	}
	for _, w := range b.Left {
		if l, ok := b.at[w.Goroutine]; ok {
			add(l)
		}
	}
	for l := range d.Lanes {
		add(l)
	}
}
