package screen

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
)

// happened says what came after the last move.
func (l Look) happened(g *game.Game) []string {
	p := g.Position()
	steps := own(p.Steps)
	tests := 0
	for _, s := range p.Steps {
		if s.Number > 0 && game.OfTest(s.Location) {
			tests++
		}
	}
	var parts []string
	if cut := len(steps) - shownSteps; cut > 0 {
		parts, steps = []string{report.Count(cut, "step")}, steps[cut:]
	}
	parts = append(parts, byTurns(steps, undoing(g.Steps()), true)...)
	if tests > 0 {
		parts = append(parts, report.Count(tests, "step")+" of the test's own code")
	}
	if len(parts) == 0 {
		return nil
	}
	return l.wrap(strings.Join(parts, "; "), "  ")
}

// shownSteps is how many steps are told one by one.
const shownSteps = 6

// trail is the way here in short: as many turns, from its end, as so many lines hold or,
// where the last one is longer than that, its last steps.
func (l Look) trail(g *game.Game, lines int) []string {
	parts := turns(g)
	if len(parts) == 0 {
		return nil
	}
	var out []string
	for from := len(parts) - 1; from >= 0; from-- {
		text := strings.Join(parts[from:], "; ")
		if from > 0 {
			text = "… " + text
		}
		more := l.wrap(text, "  ")
		if len(more) > lines {
			break
		}
		out = more
	}
	if out == nil {
		last := l.wrap(parts[len(parts)-1], "    ")
		out = last[len(last)-lines:]
		out[0] = "  … " + strings.TrimSpace(out[0])
	}
	return out
}

// own are the steps of the program, without those of the test's own code. Who interrupts
// another one there is marked at its next step.
func own(steps []finding.Step) []finding.Step {
	var out []finding.Step
	interrupter := finding.GoroutineName("")
	for _, s := range steps {
		if s.Preempts {
			interrupter = s.Goroutine
		}
		if s.Op == finding.OpEnd || game.OfTest(s.Location) {
			continue
		}
		s.Preempts = s.Goroutine == interrupter
		interrupter = ""
		out = append(out, s)
	}
	return out
}

// turns tells all steps on the way here.
func turns(g *game.Game) []string { return byTurns(own(g.Steps()), undoing(g.Steps()), false) }

// byTurns tells steps, one goroutine's turn in one function after the other. undoing
// is what else to say of some of them.
func byTurns(steps []finding.Step, undoing map[int]string, places bool) []string {
	var parts []string
	var last finding.Step
	for _, s := range steps {
		text := report.Step(s) + undoing[s.Number]
		if at := placeOf(s.Location); places && at != "" {
			text += " (" + at + ")"
		}
		function := report.FunctionOf(s.Location)
		if s.Goroutine == last.Goroutine && function == report.FunctionOf(last.Location) {
			parts[len(parts)-1] += ", " + text
			continue
		}
		if function != "" {
			text = "in " + function + ": " + text
		}
		if s.Goroutine != last.Goroutine {
			text = string(s.Goroutine) + " " + text
		}
		if s.Preempts {
			text = interrupts + " " + text
		}
		parts, last = append(parts, text), s
	}
	return parts
}

// interrupts marks a preemption, as in what replay shows.
const interrupts = "»"

// locks says who holds what.
func (l Look) locks(p game.Position) []string {
	var out []string
	for _, g := range p.Goroutines {
		for _, h := range g.Next.Holds {
			object, how := h.Object, "holds "
			if object == "" {
				object = "a lock"
			}
			if h.Reads {
				how = "holds for reading "
			}
			text := string(g.Lane.Name) + " " + how + object
			if at := placeOf(h.Location); at != "" {
				text += " since " + at
			}
			out = append(out, "  "+terminal.Cut(terminal.Line(text), l.Width-2))
		}
	}
	return out
}

// ended says how the game has ended.
func (l Look) ended(g *game.Game) []string {
	p, k := g.Position(), g.Known
	switch {
	case p.End.Failed():
		return l.failed(g)
	case p.End.Endless:
		return l.wrap(fmt.Sprintf("After %s it has not ended, and perhaps never will. Take moves back.", report.Count(p.Choices(), "step")), "")
	}
	out := []string{l.Palette.Good("Nothing is wrong at the end of this order.")}
	switch {
	case p.Made == 0:
		return append(out, l.wrap("There was nothing to choose. Another test may have more to it.", "")...)
	case k.Preemptions == nil && everyOrder(k.Coverage):
		return append(out, l.wrap("Nor is there in any other: "+report.Tried(k.Coverage)+".", "")...)
	case k.Preemptions == nil:
		return append(out, l.wrap("Nor did exploring find one that fails: "+report.Tried(k.Coverage)+". Take moves back, and try another.", "")...)
	}
	return append(out, l.wrap(fmt.Sprintf("Others fail: %d of the %s that were explored. Take moves back, and let somebody else go on; or ask for a hint.",
		k.Failing, report.Count(k.Coverage.Schedules, "schedule")), "")...)
}

// maxFindings is how many are told at the end.
const maxFindings = 3

func (l Look) failed(g *game.Game) []string {
	p := g.Position()
	var out, waits []string
	if p.End.Findings[0].Kind != finding.Panic { // else they would have gone on
		waits = report.WhoWaits(p.End.Replay.Interleaving)
	}
	for i, f := range p.End.Findings {
		if i == maxFindings {
			out = append(out, fmt.Sprintf("  … and %s", report.Count(len(p.End.Findings)-i, "more problem")))
			break
		}
		if i == 0 || f.Kind != p.End.Findings[i-1].Kind {
			out = append(out, l.Palette.Bad("It fails: "+report.Summary(f.Kind)))
		}
		if f.Kind != finding.Deadlock || len(waits) == 0 { // else they say it better
			out = append(out, l.wrap(report.Message(f), "  ")...)
		}
	}
	for i, text := range waits {
		if i == maxFindings {
			break
		}
		out = append(out, l.wrap(text, "  ")...)
	}
	out = append(out, l.wrap(l.score(g), "")...)
	if p.End.Replay.Schedule != "" {
		out = append(out, l.wrap("To see it step by step, now or later:", "")...)
		out = append(out, "  "+l.Palette.Code(l.Replay+" "+p.End.Replay.Schedule))
	}
	return out
}

// score compares with par.
func (l Look) score(g *game.Game) string {
	p := g.Position()
	if p.Made == 0 {
		return "There was nothing to choose: no step of the program's own code leaves a choice, and so it always fails."
	}
	text := "You took " + report.Count(p.Made, "move") + " and " + report.Count(p.Preemptions, "preemption")
	if g.Hints() > 0 {
		text += ", with " + report.Count(g.Hints(), "hint")
	}
	switch n := g.Preemptions; {
	case n == nil:
		return text + ". Exploring has not found that: well played."
	case p.Preemptions < *n:
		return text + ": fewer than exploring, which needed " + report.Count(*n, "preemption") + ". Well played."
	case p.Preemptions == *n:
		return text + ". That is par."
	}
	return text + fmt.Sprintf(". Par is %d: it fails with fewer, too.", *g.Preemptions)
}

// givenUp is for somebody who stops before the end: what exploring knows.
func (l Look) givenUp(k game.Known) []string {
	if k.Preemptions == nil {
		return l.wrap("Exploring has not found an order that fails either: "+report.Tried(k.Coverage)+".", "")
	}
	out := l.wrap("An order that fails, with "+report.Count(*k.Preemptions, "preemption")+":", "")
	return append(out, "  "+l.Palette.Code(l.Replay+" "+k.Schedule))
}

func (l Look) wrap(text, indent string) []string { return l.lines(text, indent, indent) }

// hang wraps a text behind what it is about.
func (l Look) hang(of, text string) []string {
	return l.lines(text, of, strings.Repeat(" ", min(terminal.Width(of), l.Width/2)))
}

func (l Look) lines(text, first, rest string) []string {
	return strings.Split(strings.TrimRight(terminal.Wrap(terminal.Line(text), l.Width, first, rest), "\n"), "\n")
}
