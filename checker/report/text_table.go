package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"racelab/checker/report/terminal"
)

// table writes a grid.
func (p *page) table(g grid) {
	if !p.Full {
		g = g.shorten()
	}
	l := g.layout(p.Width)
	p.line(p.Palette.Bold(trimRight(l.header(g))))
	told := map[string]bool{"": true}
	for _, r := range g.rows {
		for _, line := range l.lines(g, r) {
			p.line(p.colourOf(r)(trimRight(line)))
		}
		if !told[r.why] {
			p.paragraph(strings.Repeat(" ", l.number+2+gap), r.why)
		}
		told[r.why] = true
	}
}

func (p *page) colourOf(r row) func(string) string {
	switch {
	case r.mark == wrong:
		return p.Palette.Bad
	case r.mark != "":
		return p.Palette.Warn
	case r.quiet || r.lane == noLane:
		return p.Palette.Dim
	}
	return func(s string) string { return s }
}

func (l layout) header(g grid) string {
	start := l.start(row{}, "step", "where")
	switch {
	case l.one:
		return start + "who"
	case l.text > 0:
		return start + l.marks(g.lanes)
	}
	return start + joinPadded(g.lanes, l.cell, gap)
}

// start is what stands before the lanes.
func (l layout) start(r row, number, place string) string {
	return pad(r.mark, 2) + strings.Repeat(" ", l.number-len(number)) + number +
		"  " + pad(cutPlace(place), l.place) + "  "
}

// lines are those of one row: the text may need several.
func (l layout) lines(g grid, r row) []string {
	nr := ""
	if r.number > 0 {
		nr = number(r.number)
	}
	first, width := l.start(r, nr, r.place), l.cell
	switch {
	case r.lane == noLane:
		first = pad(r.mark, l.number+2+gap)
		width = l.width - len([]rune(first))
	case l.text == 0:
		first += strings.Repeat(" ", r.lane*(l.cell+gap))
	default:
		first, width = first+l.whose(g, r.lane)+strings.Repeat(" ", gap), l.text
	}
	in := utf8.RuneCountInString(first)
	text := terminal.Wrap(r.text, in+width, first, strings.Repeat(" ", in))
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// whose are narrow lanes: the name of the goroutine whose step it is, dots for
// the others.
func (l layout) whose(g grid, lane int) string {
	if l.one {
		return pad(g.lanes[lane], l.cell)
	}
	names := slices.Repeat([]string{"·"}, len(g.lanes))
	names[lane] = g.lanes[lane]
	return l.marks(names)
}

func (l layout) marks(names []string) string { return joinPadded(names, l.cell, 0) }

// joinPadded makes columns of names.
func joinPadded(names []string, width, gap int) string {
	var b strings.Builder
	for _, name := range names {
		b.WriteString(pad(name, width+gap))
	}
	return b.String()
}
