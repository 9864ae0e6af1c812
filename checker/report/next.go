package report

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// A step is a command to type and what it is for.
type step struct{ command, purpose string }

// whatNext ends every report: a reader always knows what to type.
func (p *page) whatNext() {
	p.section("What next")
	var steps []step
	switch p.v.Outcome {
	case finding.Pass:
		steps = p.afterPass()
	case finding.Fail:
		steps = p.afterFail()
	default:
		steps = []step{
			{p.command("doctor"), "what is wrong with this machine, and the remedy"},
			{p.command("check " + p.number()), "try again"},
		}
	}
	width := 0
	for _, s := range steps {
		width = max(width, len(s.command))
	}
	for _, s := range steps {
		p.step(s, width)
	}
}

func (p *page) step(s step, width int) {
	first := "  " + s.command + strings.Repeat(" ", width-len(s.command)) + "  "
	text := terminal.Wrap(s.purpose, p.Width, first, strings.Repeat(" ", len(first)))
	p.out.WriteString(strings.Replace(text, s.command, p.Palette.Code(s.command), 1))
}

func (p *page) afterPass() []step {
	var steps []step
	if p.Reference && p.InWorkspace {
		steps = append(steps,
			step{p.command("solution " + p.number()), "the reference solution, with its reasons"},
			step{p.command("diff " + p.number()), "your fix beside it"})
	}
	if p.Next != "" {
		nr, _, _ := strings.Cut(p.Next, "-")
		steps = append(steps, step{p.command("check " + nr), "the next exercise: " + terminal.Line(p.Next)})
	} else {
		steps = append(steps, step{p.command("list"), "all exercises"})
	}
	return steps
}

func (p *page) afterFail() []step {
	hints, explanations := p.hintStep(), p.explainSteps()
	// The first hint says where to look, which does not help those who know it,
	// nor those who have made a new problem of their own.
	steps := append(hints, explanations...)
	if p.HintsShown > 0 || p.Unexpected {
		steps = append(explanations, hints...)
	}
	if p.InWorkspace && p.lacksFile() {
		steps = append(steps, step{p.command("reset " + p.number()), "begin again with the broken program"})
	}
	again := "when you have changed the program"
	if p.Edit != "" {
		// The file's name will do: the folder is that of the README.
		again = "when you have changed " + terminal.Line(path.Base(filepath.ToSlash(p.Edit)))
	}
	return append(steps, step{p.command("check " + p.number()), again})
}

// hintStep offers the next hint, if there is one that could help.
func (p *page) hintStep() []step {
	hint := p.command("hint " + p.number())
	switch {
	case p.Hints == 0 || p.cannotRun():
		return nil
	case p.HintsShown == 0:
		return []step{{hint, fmt.Sprintf("where to look (the first of %d hints)", p.Hints)}}
	case p.HintsShown < p.Hints:
		return []step{{hint, fmt.Sprintf("the next hint (%d of %d)", p.HintsShown+1, p.Hints)}}
	}
	return []step{{hint + " --all", fmt.Sprintf("your %s again", count(p.Hints, "hint"))}}
}

func (p *page) explainSteps() []step {
	var steps []step
	for _, k := range p.kindsToExplain() {
		steps = append(steps, step{p.command("explain " + string(k)), wordsFor(k).about})
	}
	return steps
}

// cannotRun says that what is wrong is not yet the exercise's own problem, so
// that a hint about that would only mislead.
func (p *page) cannotRun() bool {
	return slices.ContainsFunc(p.v.Errors(), func(f finding.Finding) bool {
		return f.Kind == finding.Build || f.Kind == finding.Policy
	})
}

// lacksFile says that there was a file which could not be read for checking.
func (p *page) lacksFile() bool {
	return slices.ContainsFunc(p.v.Errors(), func(f finding.Finding) bool {
		_, ok := p.Files[f.Location.File]
		return f.Kind == finding.Policy && f.Location.File != "" && !ok
	})
}

// kindsToExplain are those of the errors shown, each once.
func (p *page) kindsToExplain() []finding.Kind {
	var out []finding.Kind
	for _, f := range p.v.Errors() {
		if _, known := kinds[f.Kind]; known && !slices.Contains(out, f.Kind) && len(out) < shownInFull {
			out = append(out, f.Kind)
		}
	}
	return out
}

// number is how commands name the exercise: "01", or the whole name where it
// has no number.
func (p *page) number() string {
	nr, _, _ := strings.Cut(p.v.Exercise, "-")
	if _, err := strconv.Atoi(nr); err != nil {
		return terminal.Line(p.v.Exercise)
	}
	return nr
}

func (p *page) command(args string) string { return p.Command + " " + args }

// evidence says what a pass rests on.
func (p *page) evidence() {
	p.section("What this rests on")
	for _, r := range p.v.Runs {
		p.item("- ", runText(r))
	}
	p.item("- ", "no data race, no deadlock, no goroutine left behind, no failing test")
	if p.SameOutcome {
		p.item("- ", "the same results as the reference solution")
	}
	p.blank()
	p.paragraph("  ", "A pass says that none of these runs showed a defect, not that there is none in any order of the goroutines.")
}

// learned rounds the exercise off.
func (p *page) learned() {
	if p.Learned == "" {
		return
	}
	p.section("What there was to learn")
	p.paragraph("  ", terminal.Line(strings.Join(strings.Fields(p.Learned), " ")))
}

func runText(r finding.Run) string {
	text := fmt.Sprintf("%s of %s", count(r.Executions, "run"), count(r.Tests, "test"))
	switch r.Mode {
	case "race":
		text += " under the race detector"
	case "lock":
		text += " with go-deadlock in place of sync.Mutex and sync.RWMutex"
	default:
		text += " in mode " + terminal.Line(r.Mode)
	}
	if len(r.Procs) == 0 {
		return text
	}
	procs := make([]string, len(r.Procs))
	for i, n := range r.Procs {
		procs[i] = strconv.Itoa(n)
	}
	text += ", with GOMAXPROCS " + list(procs)
	if r.Delayed > 0 {
		text += fmt.Sprintf("; in %d of them with random waits at locks", r.Delayed)
	}
	return text
}
