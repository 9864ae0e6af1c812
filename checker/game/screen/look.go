// Package screen shows a game to a person, and takes the person's moves: on a terminal as
// a screen with keys, elsewhere as lines of text, one command a line.
//
// What it shows is a function of the game and of a Look. It decides nothing, and has no
// sentence about a defect: those are package report's.
package screen

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
)

// A Look is how a game looks.
type Look struct {
	Palette terminal.Palette
	Width   int // in columns
	Height  int // in lines, of a screen
	// Files are the sources to quote, by the names that locations use.
	Files map[string][]byte
	// Replay is the command that shows a schedule again, without the schedule.
	Replay string
	// Best says what was reached before; "" if nothing was.
	Best string
}

// title names the game and counts.
func (l Look) title(g *game.Game) string {
	name, count := g.Exercise+", "+g.Test, counted(g)
	if gap := l.Width - terminal.Width(name) - len(count); gap > 1 {
		return l.Palette.Bold(terminal.Line(name)) + strings.Repeat(" ", gap) + count
	}
	return terminal.Cut(terminal.Cut(terminal.Line(name), max(1, l.Width-len(count)-2))+"  "+count, l.Width)
}

// counted says how many moves were made, and what they cost.
func counted(g *game.Game) string {
	p := g.Position()
	count := report.Count(p.Made, "move") + ", " + report.Count(p.Preemptions, "preemption")
	if g.Preemptions != nil {
		count += fmt.Sprintf(" (par %d)", *g.Preemptions)
	}
	return count
}

// A row is one line of the table of goroutines.
type row struct {
	key, name, what, place, source string
	move                           int // index of the move; -1 for none
	at                             finding.Location
}

// rows are the goroutines in order, with a line for each move.
func (l Look) rows(g *game.Game) []row {
	var out []row
	p, steps := g.Position(), g.Steps()
	number := map[game.Choice]int{}
	for i, m := range p.Moves {
		number[m.Choice] = i
	}
	shown := map[finding.GoroutineName]bool{}
	add := func(m game.Move) {
		shown[m.Goroutine] = true
		i := number[m.Choice]
		out = append(out, row{
			key: fmt.Sprint(i + 1), name: string(m.Goroutine), what: whatMove(m, steps),
			place: where(m.Step.Location), source: l.line(m.Step.Location), move: i, at: m.Step.Location,
		})
	}
	for _, who := range p.Goroutines {
		for _, m := range p.Moves {
			if m.Goroutine == who.Lane.Name {
				add(m)
			}
		}
		if !who.Runnable {
			out = append(out, row{
				key: "-", name: string(who.Lane.Name), what: whatWaits(who.Next),
				place: where(who.Next.Location), source: l.line(who.Next.Location), move: -1, at: who.Next.Location,
			})
		}
	}
	for _, m := range p.Moves {
		if !shown[m.Goroutine] {
			add(m)
		}
	}
	return out
}

func whatMove(m game.Move, steps []finding.Step) string {
	what := report.Step(m.Step)
	if m.Goroutine == finding.Clock {
		what = "time passes: the next timer fires"
	}
	if m.Step.Op == finding.OpWrite {
		what += readBefore(m.Step, steps)
	}
	if m.Preempts {
		what = interrupts + " " + what
	}
	return what
}

// legend says what the mark of a preemption means here, if there is one.
func (l Look) legend(p game.Position) []string {
	switch {
	case !slices.ContainsFunc(p.Moves, func(m game.Move) bool { return m.Preempts }):
		return nil
	case p.Last != "":
		return []string{"  " + interrupts + " interrupts " + string(p.Last) + ", which could go on"}
	}
	return []string{"  " + interrupts + " counts as a preemption: somebody could go on"}
}

func whatWaits(w finding.Waiting) string {
	if !report.CanWait(w.Op) {
		return report.Step(finding.Step{Op: w.Op, Object: w.Object}) + ", after others"
	}
	return report.Waits(w)
}

// where is a place in a table: with the function, if it is one of the program's own.
func where(at finding.Location) string {
	place := placeOf(at)
	if game.OfTest(at) {
		return terminal.CutFront(terminal.Line(place), maxPlace)
	}
	return terminal.Cut(terminal.Line(strings.TrimSpace(place+" "+report.FunctionOf(at))), maxWhere)
}

func placeOf(at finding.Location) string {
	if at.File == "" || at.Line == 0 {
		return at.File
	}
	return fmt.Sprintf("%s:%d", at.File, at.Line)
}

// line is the source at a place, without what indents it.
func (l Look) line(at finding.Location) string {
	lines := bytes.Split(l.Files[at.File], []byte("\n"))
	if at.Line < 1 || at.Line > len(lines) {
		return ""
	}
	return strings.TrimSpace(string(lines[at.Line-1]))
}

// Widths of the table.
const (
	maxWhat   = 48
	maxPlace  = 20
	maxWhere  = 28 // with the function
	minSource = 12
)

// table lays rows out; selected is the row that is marked, or -1.
func (l Look) table(rows []row, selected int) []string {
	keys, names, what, place := 1, 1, 1, 1
	for i := range rows {
		r := &rows[i]
		r.what = terminal.Line(r.what)
		keys, names = max(keys, len(r.key)), max(names, len(r.name))
		what, place = max(what, terminal.Width(r.what)), max(place, terminal.Width(r.place))
	}
	fixed := 2 + keys + 2 + names + 2
	what = min(what, maxWhat, max(8, l.Width-fixed-2-place))
	var out []string
	for i, r := range rows {
		mark := "  "
		if i == selected {
			mark = "> "
		}
		line := fmt.Sprintf("%s%*s  %-*s  %s  %s", mark, keys, r.key, names, r.name, terminal.Pad(terminal.Cut(r.what, what), what), terminal.Pad(r.place, place))
		if room := l.Width - terminal.Width(line) - 2; room >= minSource && r.source != "" {
			line += "  " + terminal.Cut(terminal.Line(r.source), room)
		}
		line = strings.TrimRight(terminal.Cut(line, l.Width), " ")
		switch {
		case i == selected:
			line = l.Palette.Bold(line)
		case r.move < 0:
			line = l.Palette.Dim(line)
		}
		out = append(out, line)
	}
	return out
}
