package report

import (
	"slices"
	"strings"

	"racelab/checker/report/grid"
)

// table writes a grid.
func (p *page) table(g grid.Grid) {
	if !p.Full {
		g = g.Fold(testRows).Shorten(moreRows)
	}
	l := g.Layout(p.Width)
	p.line(p.Palette.Bold(trimRight(l.Header(g))))
	told := map[string]bool{"": true}
	for _, r := range g.Rows {
		for _, line := range l.Lines(g, r) {
			p.line(p.colourOf(r)(trimRight(line)))
		}
		if !told[r.Why] {
			p.paragraph(strings.Repeat(" ", l.Before()), r.Why)
		}
		told[r.Why] = true
	}
}

func (p *page) colourOf(r grid.Row) func(string) string {
	switch {
	case r.Mark == grid.Wrong:
		return p.Palette.Bad
	case r.Mark != "" || r.Note != "":
		return p.Palette.Warn
	case r.Quiet || r.Lane == grid.NoLane:
		return p.Palette.Dim
	}
	return func(s string) string { return s }
}

// moreRows and testRows stand for rows that are left out, and say how they can be seen.
func moreRows(n int) string { return "… " + Count(n, "more row") + howToSee }
func testRows(n int) string { return "… " + Count(n, "row") + " of the test itself" + howToSee }

const howToSee = " (--full shows them)"

// legendOf says what the marks of the rows mean, but for those that have words beside them.
func legendOf(g grid.Grid) []string {
	var out []string
	for _, l := range []struct{ mark, text string }{
		{grid.Interrupts, "here a runnable goroutine was interrupted"},
		{grid.Races, "one of the two accesses of a data race"},
		{grid.Explains, "what it comes of"},
	} {
		if slices.ContainsFunc(g.Rows, func(r grid.Row) bool { return r.Mark == l.mark || r.Note == l.mark }) {
			out = append(out, l.mark+" "+l.text)
		}
	}
	return out
}
