package report

import (
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/grid"
	"racelab/checker/report/terminal"
)

// newGrid lays out the steps, and after them the goroutines that wait for ever.
func newGrid(steps []finding.Step, left []finding.Waiting) grid.Grid {
	var g grid.Grid
	at := map[finding.GoroutineName]int{}
	for _, name := range laneNames(steps, left) {
		at[name] = len(g.Lanes)
		g.Lanes = append(g.Lanes, terminal.Line(string(name)))
	}
	for i, s := range steps {
		lane, ok := at[s.Goroutine]
		if !ok {
			continue // it only ended
		}
		if s.Op == finding.OpRace && s.Fault != nil && reportsRace(g, *s.Fault, steps[:i]) {
			continue
		}
		r := grid.Row{
			Number: s.Number, Label: labelOf(s), Place: terminal.Line(rowPlace(s.Location)), Lane: lane, Text: terminal.CutWords(terminal.Line(stepText(s)), maxStepText), Quiet: isQuiet(s), Note: noteOf(s), Test: isTests(s),
		}
		if s.Preempts {
			r.Mark = grid.Interrupts
		}
		why := terminal.Line(s.Why)
		if isLast := i == len(steps)-1; s.Wrong && isLast && len(left) > 0 && why != "" {
			// Nothing is wrong with this step, but with what comes next.
			g.Rows = append(g.Rows, r, grid.Row{Lane: grid.NoLane, Mark: grid.Wrong, Text: why})
			continue
		}
		if s.Wrong {
			r.Mark, r.Why = grid.Wrong, why
		}
		g.Rows = append(g.Rows, r)
	}
	for _, w := range left {
		g.Rows = append(g.Rows, grid.Row{Place: terminal.Line(rowPlace(w.Location)), Lane: at[w.Goroutine], Text: terminal.Line(waitText(w, 1)), Mark: grid.Waits})
	}
	return g
}

// rowPlace is a place in its narrow column: of a call of the scenario there would only be the end.
func rowPlace(l finding.Location) string {
	if l.File == finding.ContractFile {
		return "the scenario"
	}
	return placeOf(l)
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

// labelOf is the number of a step; "" for what follows from the one before.
func labelOf(s finding.Step) string {
	if s.Number == 0 {
		return ""
	}
	return number(s.Number)
}

// isQuiet is for steps that no other goroutine takes notice of.
func isQuiet(s finding.Step) bool { return s.Op == finding.OpEnd || s.Op == finding.OpGo }

// maxStepText bounds the text of a step, which values and names can make long.
const maxStepText = 72

// isTests reports whether a step is the tests' own, and nothing of what they test.
func isTests(s finding.Step) bool {
	if s.Op == finding.OpCall || s.Op == finding.OpReturn { // they are what a scenario asks
		return false
	}
	return strings.HasSuffix(s.Location.File, "_test.go") || s.Location.File == "" && (isQuiet(s) || s.Number > 0)
}

func noteOf(s finding.Step) string {
	if s.Explains {
		return grid.Explains
	}
	return ""
}

// reportsRace puts what a data race is into the rows of its two accesses, and reports whether
// they have any.
func reportsRace(g grid.Grid, f finding.Fault, before []finding.Step) bool {
	var accesses [2]finding.Step
	var rows [2]*grid.Row
	for i, number := range []int{f.First, f.Second} {
		step := finding.StepNumbered(before, number)
		at := slices.IndexFunc(g.Rows, func(r grid.Row) bool { return number > 0 && r.Number == number })
		if step < 0 || at < 0 {
			return false
		}
		accesses[i], rows[i] = before[step], &g.Rows[at]
	}
	first, second := accesses[0], accesses[1]
	rows[1].Note, rows[1].Mark = grid.Races, grid.Wrong
	if !f.Perhaps {
		rows[0].Note = grid.Races
	}
	rows[1].Why = racesToo(rows[1].Why, terminal.Line(racesHere(first, second, f)))
	return true
}
