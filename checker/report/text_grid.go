package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// A grid is an interleaving laid out for reading from top to bottom: a row for
// each step, and a lane for each goroutine that does something in between its
// start and its end.
type grid struct {
	lanes []string
	rows  []row
}

// A row is one step. A row without a lane is a remark about what lies between.
type row struct {
	number int // 0 for what follows from the step above
	place  string
	lane   int
	text   string
	mark   string
	why    string
	quiet  bool // nothing that goroutines could disagree about
}

// The marks of rows.
const (
	wrong      = "✗" // here it goes wrong
	waits      = "…" // not a step: here a goroutine waits for ever
	differs    = "►" // here it does something other than what was recorded
	interrupts = "»" // the goroutine of the row above could have gone on
)

// noLane is the lane of a remark.
const noLane = -1

// newGrid lays out the steps, and after them the goroutines that wait for ever.
func newGrid(steps []finding.Step, left []finding.Waiting) grid {
	var g grid
	at := map[finding.GoroutineName]int{}
	for _, name := range laneNames(steps, left) {
		at[name] = len(g.lanes)
		g.lanes = append(g.lanes, terminal.Line(string(name)))
	}
	for i, s := range steps {
		lane, ok := at[s.Goroutine]
		if !ok {
			continue // it only ended
		}
		r := row{number: s.Number, place: terminal.Line(placeOf(s.Location)), lane: lane, text: terminal.Cut(terminal.Line(stepText(s)), maxStepText), quiet: isQuiet(s)}
		if s.Preempts {
			r.mark = interrupts
		}
		why := terminal.Line(s.Why)
		if isLast := i == len(steps)-1; s.Wrong && isLast && len(left) > 0 && why != "" {
			// Nothing is wrong with this step, but with what comes next.
			g.rows = append(g.rows, r, row{lane: noLane, mark: wrong, text: why})
			continue
		}
		if s.Wrong {
			r.mark, r.why = wrong, why
		}
		g.rows = append(g.rows, r)
	}
	for _, w := range left {
		g.rows = append(g.rows, row{place: terminal.Line(placeOf(w.Location)), lane: at[w.Goroutine], text: terminal.Line(waitText(w, 1)), mark: waits})
	}
	return g
}

// laneNames are the goroutines with a step that may not be left out, in order of
// their names, which is that of their start.
func laneNames(steps []finding.Step, left []finding.Waiting) []finding.GoroutineName {
	var names []finding.GoroutineName
	add := func(name finding.GoroutineName) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, s := range steps {
		if !isQuiet(s) || s.Op == finding.OpGo || s.Wrong {
			add(s.Goroutine)
		}
	}
	for _, w := range left {
		add(w.Goroutine)
	}
	slices.SortStableFunc(names, func(a, b finding.GoroutineName) int { return a.Ordinal() - b.Ordinal() })
	return names
}

// isQuiet is for steps that no other goroutine takes notice of.
func isQuiet(s finding.Step) bool { return s.Op == finding.OpEnd || s.Op == finding.OpGo }

// maxStepText bounds the text of a step, which values and names can make long.
const maxStepText = 72

// Rows that are shown of a long interleaving: how it begins, how it ends, what
// comes before every mark, and some of the goroutines that wait at the end.
const (
	shownAtStart = 12
	shownAtEnd   = 36
	shownBefore  = 8
	shownWaits   = 8
)

// shorten leaves out rows in the middle, and says so.
func (g grid) shorten() grid {
	keep := g.interesting()
	short := grid{lanes: g.lanes}
	for i := 0; i < len(g.rows); i++ {
		from := i
		for i < len(g.rows) && !keep[i] {
			i++
		}
		if i-from == 1 {
			i-- // a remark would take as much room
		} else if i > from {
			short.rows = append(short.rows, row{lane: noLane, text: fmt.Sprintf("… %s (--full shows them)", count(i-from, "more row"))})
		}
		if i < len(g.rows) {
			short.rows = append(short.rows, g.rows[i])
		}
	}
	return short
}

func (g grid) interesting() []bool {
	keep := make([]bool, len(g.rows))
	steps := slices.IndexFunc(g.rows, func(r row) bool { return r.mark == waits })
	if steps < 0 {
		steps = len(g.rows)
	}
	for i, r := range g.rows {
		switch {
		case i < shownAtStart, i >= steps-shownAtEnd && i < steps+shownWaits:
			keep[i] = true
		case r.mark == wrong || r.mark == differs || r.mark == interrupts:
			for j := max(0, i-shownBefore); j <= i; j++ {
				keep[j] = true
			}
		}
	}
	return keep
}

// Widths of a place: from where on the name of a test file is left out, which
// nearly always is that of the program's, and how wide it may be at most.
const (
	placeWidth    = 15
	maxPlaceWidth = 18
)

// cutPlace cuts a place at its beginning: its end has the line.
func cutPlace(place string) string {
	runes := []rune(place)
	if i := strings.LastIndex(place, "_test.go:"); i > 0 && len(runes) > placeWidth {
		return cutPlace("…" + place[i:])
	}
	if len(runes) > maxPlaceWidth {
		return "…" + string(runes[len(runes)-maxPlaceWidth+1:])
	}
	return place
}

// minCell is the width from which on text is readable in a goroutine's own
// column, minText beside narrow lanes.
const (
	minCell = 13
	minText = 24
	gap     = 2
)

// A layout says how wide the parts of a row are.
type layout struct {
	width         int // of all
	number, place int
	cell          int  // of a lane
	text          int  // behind the lanes; 0 when the text stands in its lane
	lanes         int  // that have a column; 1 when all share it
	one           bool // they share it
}

// layout finds the best one for a width: a wide column for each goroutine, else a
// narrow one with the text behind, else one for all.
func (g grid) layout(width int) layout {
	l := layout{width: width, number: len("step"), lanes: max(1, len(g.lanes))}
	widest := 0
	for _, r := range g.rows {
		l.number = max(l.number, len(number(r.number)))
		l.place = max(l.place, utf8.RuneCountInString(cutPlace(r.place)))
		if r.lane != noLane {
			widest = max(widest, utf8.RuneCountInString(r.text))
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
func (g grid) mostlyWider(cell int) bool {
	steps, wider := 0, 0
	for _, r := range g.rows {
		if r.lane == noLane || r.mark == waits {
			continue
		}
		steps++
		if utf8.RuneCountInString(r.text) > cell {
			wider++
		}
	}
	return 3*wider > steps
}

// before is the width of what stands before the lanes: mark, number and place.
func (l layout) before() int { return len("  ") + l.number + gap + l.place + gap }

func (g grid) longestName() int {
	longest := 1
	for _, name := range g.lanes {
		longest = max(longest, len(name))
	}
	return longest
}
