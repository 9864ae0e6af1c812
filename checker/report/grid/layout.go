package grid

import (
	"slices"
	"strings"

	"racelab/checker/report/terminal"
)

// Widths of a place: from where on the name of a test file is left out, which
// nearly always is that of the program's, and how wide it may be at most.
const (
	placeWidth    = 15
	maxPlaceWidth = 18
)

// cutPlace cuts a place at its beginning: its end has the line.
func cutPlace(place string) string {
	if i := strings.LastIndex(place, "_test.go:"); i > 0 && terminal.Width(place) > placeWidth {
		return cutPlace("…" + place[i:])
	}
	return terminal.CutFront(place, maxPlaceWidth)
}

// minCell is the width from which on text is readable in a goroutine's own
// column, minText beside narrow lanes.
const (
	minCell = 13
	minText = 24
	gap     = 2
)

// A Layout says how wide the parts of a row are.
type Layout struct {
	width         int // of all
	number, place int
	cell          int  // of a lane
	text          int  // behind the lanes; 0 when the text stands in its lane
	lanes         int  // that have a column; 1 when all share it
	one           bool // they share it
}

// Layout finds the best one for a width: a wide column for each goroutine, else a
// narrow one with the text behind, else one for all.
func (g Grid) Layout(width int) Layout {
	l := Layout{width: width, number: len("step"), lanes: max(1, len(g.Lanes))}
	widest := 0
	for _, r := range g.Rows {
		l.number = max(l.number, len(r.Label))
		l.place = max(l.place, terminal.Width(cutPlace(r.Place)))
		if r.Lane != NoLane {
			widest = max(widest, terminal.Width(r.Text))
		}
	}
	l.place = max(l.place, len("where"))
	room := width - l.before()
	if cell := (room - gap*(l.lanes-1)) / l.lanes; cell >= minCell && !g.mostlyWider(cell) {
		l.cell = min(cell, max(widest, minCell))
		return l
	}
	l.cell = len(" ") + g.longestName()
	if l.text = room - l.lanes*l.cell - gap; l.text >= minText {
		return l
	}
	l.lanes, l.one = 1, true
	l.text = max(1, room-l.cell-gap)
	return l
}

// mostlyWider reports whether more than a third of the steps would need several
// lines in a column of that width.
func (g Grid) mostlyWider(cell int) bool {
	steps, wider := 0, 0
	for _, r := range g.Rows {
		if r.Lane == NoLane || r.Mark == Waits {
			continue
		}
		steps++
		if terminal.Width(r.Text) > cell {
			wider++
		}
	}
	return 3*wider > steps
}

// before is the width of what stands before the lanes: mark, number and place.
func (l Layout) before() int { return len("  ") + l.number + gap + l.place + gap }

func (g Grid) longestName() int {
	longest := 1
	for _, name := range g.Lanes {
		longest = max(longest, len(name))
	}
	return longest
}

// Header is the line above the rows.
func (l Layout) Header(g Grid) string {
	start := l.start(Row{}, "step", "where")
	switch {
	case l.one:
		return start + "who"
	case l.text > 0:
		return start + l.marks(g.Lanes)
	}
	return start + joinPadded(g.Lanes, l.cell, gap)
}

// start is what stands before the lanes.
func (l Layout) start(r Row, number, place string) string {
	return terminal.Pad(r.Mark+r.Note, 2) + strings.Repeat(" ", l.number-len(number)) + number +
		"  " + terminal.Pad(cutPlace(place), l.place) + "  "
}

// Lines are those of one row: the text may need several.
func (l Layout) Lines(g Grid, r Row) []string {
	first, width := l.start(r, r.Label, r.Place), l.cell
	switch {
	case r.Lane == NoLane:
		first = terminal.Pad(r.Mark, l.number+2+gap)
		width = l.width - terminal.Width(first)
	case l.text == 0:
		first += strings.Repeat(" ", r.Lane*(l.cell+gap))
	default:
		first, width = first+l.whose(g, r.Lane)+strings.Repeat(" ", gap), l.text
	}
	in := terminal.Width(first)
	text := terminal.Wrap(r.Text, in+width, first, strings.Repeat(" ", in))
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// whose are narrow lanes: the name of the goroutine whose step it is, dots for
// the others.
func (l Layout) whose(g Grid, lane int) string {
	if l.one {
		return terminal.Pad(g.Lanes[lane], l.cell)
	}
	names := slices.Repeat([]string{"·"}, len(g.Lanes))
	names[lane] = g.Lanes[lane]
	return l.marks(names)
}

func (l Layout) marks(names []string) string { return joinPadded(names, l.cell, 0) }

// joinPadded makes columns of names.
func joinPadded(names []string, width, gap int) string {
	var b strings.Builder
	for _, name := range names {
		b.WriteString(terminal.Pad(name, width+gap))
	}
	return b.String()
}

// Before is how wide what stands before the place of a row is: what is said of it stands
// below that.
func (l Layout) Before() int { return l.number + 2 + gap }
