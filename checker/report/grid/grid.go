// Package grid lays out an interleaving as a table: a row for each step, a lane for each
// goroutine. The words come from package report.
package grid

import "slices"

// A Grid is an interleaving laid out for reading from top to bottom: a row for
// each step, and a lane for each goroutine that does something in between its
// start and its end.
type Grid struct {
	Lanes []string
	Rows  []Row
}

// A Row is one step. A row with NoLane is a remark about what lies between.
type Row struct {
	Number int    // of the step; 0 for what follows from the step above
	Label  string // the number as it is shown
	Place  string
	Lane   int
	Text   string
	Mark   string
	Note   string // a second mark: what the row has to do with what is wrong
	Why    string
	Test   bool // the tests' own code, and not what they test
	Quiet  bool // nothing that goroutines could disagree about
}

// The marks of rows.
const (
	Wrong      = "✗" // here it goes wrong
	Waits      = "…" // not a step: here a goroutine waits for ever
	Differs    = "►" // here it does something other than what was recorded
	Interrupts = "»" // the goroutine of the row above could have gone on
)

// The notes of rows.
const (
	Races    = "!" // one of the two accesses of a data race
	Explains = "*" // one of the steps that it comes of
)

// NoLane is the lane of a remark.
const NoLane = -1

// Rows that Shorten leaves of a long interleaving: how it begins, how it ends, what
// comes before every mark, and some of the goroutines that wait at the end.
const (
	shownAtStart = 12
	shownAtEnd   = 36
	shownBefore  = 8
	shownWaits   = 8
	shownBeside  = 2 // what explains
)

// Most is how many rows are left of any interleaving, beside those with a mark, what comes
// before them, and remarks.
const Most = shownAtStart + shownAtEnd + shownWaits

// Shorten leaves out rows in the middle; remark says how many.
func (g Grid) Shorten(remark func(int) string) Grid {
	keep := g.interesting()
	short := Grid{Lanes: g.Lanes}
	for i := 0; i < len(g.Rows); i++ {
		from := i
		for i < len(g.Rows) && !keep[i] {
			i++
		}
		if i-from == 1 {
			i-- // a remark would take as much room
		} else if i > from {
			short.Rows = append(short.Rows, Row{Lane: NoLane, Text: remark(i - from)})
		}
		if i < len(g.Rows) {
			short.Rows = append(short.Rows, g.Rows[i])
		}
	}
	return short
}

func (g Grid) interesting() []bool {
	keep := make([]bool, len(g.Rows))
	steps := slices.IndexFunc(g.Rows, func(r Row) bool { return r.Mark == Waits })
	if steps < 0 {
		steps = len(g.Rows)
	}
	for i, r := range g.Rows {
		switch {
		case i < shownAtStart, i >= steps-shownAtEnd && i < steps+shownWaits:
			keep[i] = true
		case r.Note != "":
			for j := max(0, i-shownBeside); j <= min(i+shownBeside, len(g.Rows)-1); j++ {
				keep[j] = true
			}
		case r.Mark == Wrong || r.Mark == Differs || r.Mark == Interrupts:
			for j := max(0, i-shownBefore); j <= i; j++ {
				keep[j] = true
			}
		}
	}
	return keep
}
