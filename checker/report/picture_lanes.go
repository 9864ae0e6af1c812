package report

import (
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
	"racelab/checker/report/webpage"
)

// toShare is the column of a lane that is to share one.
const toShare = webpage.NoLane - 1

func (b *pictureBuilder) lanes() {
	var drawn, idle, others []finding.GoroutineName
	b.shared = webpage.NoLane
	for _, l := range b.d.Lanes {
		switch {
		case l.Idle:
			b.column = append(b.column, webpage.NoLane)
			idle = append(idle, l.Name)
			continue
		case l.Telling:
			b.column = append(b.column, len(b.Lanes))
			b.Lanes = append(b.Lanes, terminal.Line(string(l.Name)))
		default:
			b.column = append(b.column, toShare)
			others = append(others, l.Name)
		}
		drawn = append(drawn, l.Name)
	}
	if len(others) > 0 {
		b.share(others)
	}
	shown, _ := roles(b.in.Goroutines, func(name finding.GoroutineName) bool { return slices.Contains(drawn, name) })
	for _, r := range shown {
		b.Who = append(b.Who, webpage.Actor{Names: terminal.Line(shortList(r.names)), Text: cutLine(r.text)})
	}
	if len(idle) > 0 {
		b.Idle = terminal.Line(strings.TrimSpace(b.Idle + " " + idleWords(idle)))
	}
}

// share gives goroutines one lane, behind the others.
func (b *pictureBuilder) share(others []finding.GoroutineName) {
	b.shared = len(b.Lanes)
	b.Lanes = append(b.Lanes, othersLane)
	b.Idle = terminal.Line(othersWords(others))
	for l, c := range b.column {
		if c == toShare {
			b.column[l] = b.shared
		}
	}
}

// ownColumn is where a lane of the diagram is drawn alone.
func (b *pictureBuilder) ownColumn(lane int) int {
	if c := b.columnOf(lane); c != b.shared {
		return c
	}
	return webpage.NoLane
}

// columnOf is where a lane of the diagram is drawn.
func (b *pictureBuilder) columnOf(lane int) int {
	if lane < 0 || lane >= len(b.column) {
		return webpage.NoLane
	}
	return b.column[lane]
}

// nameIn names the goroutine of a row that is in a lane which others share. That has no end.
func (b *pictureBuilder) nameIn(r *webpage.Row, name string) {
	if r.Lane == b.shared && r.Lane != webpage.NoLane {
		r.Who, r.Ends = terminal.Line(name), false
	}
}
