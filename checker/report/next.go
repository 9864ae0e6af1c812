package report

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// A step is a command to type and what it is for.
type step struct{ command, purpose string }

// whatNext ends every report: a reader always knows what to type.
func (p *page) whatNext() {
	switch p.v.Outcome {
	case finding.Pass:
		p.steps(p.afterPass())
	case finding.Fail:
		p.steps(p.afterFail())
	default:
		p.steps(p.afterInconclusive())
	}
}

// steps lists commands and what they are for. A command that leaves no room for
// that beside it has a line of its own: it is not broken, so that it can be copied.
func (p *page) steps(steps []step) {
	p.section("What next")
	most := utf8.RuneCountInString(p.command("explain lost-concurrency"))
	width := 0
	for _, s := range steps {
		if n := utf8.RuneCountInString(s.command); n <= most {
			width = max(width, n)
		}
	}
	in := strings.Repeat(" ", width+4)
	for _, s := range steps {
		command := p.Palette.Code(s.command)
		if utf8.RuneCountInString(s.command) > most {
			p.line("  " + command)
			p.paragraph(in, s.purpose)
			continue
		}
		text := terminal.Wrap(s.purpose, p.Width, "  "+pad(s.command, width)+"  ", in)
		p.out.WriteString(strings.Replace(text, s.command, command, 1))
	}
}

func (p *page) afterInconclusive() []step {
	var steps []step
	if p.wasExplored() {
		steps = append(steps, step{p.command("explain explore"), "what racelab cannot control in a program"})
	}
	return append(steps,
		step{p.checkCommand(), "try again"},
		step{p.command("doctor"), "whether something is wrong with this machine, and the remedy"})
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
	shown, _ := p.choose(p.v.Errors())
	steps = append(p.replaySteps(shown), steps...)
	if p.InWorkspace && p.lacksFile() {
		steps = append(steps, step{p.command("reset " + p.number()), "begin again with the broken program"})
	}
	return append(steps, step{p.checkCommand(), p.whenChanged()})
}

func (p *page) whenChanged() string {
	if p.Edit == "" {
		return "when you have changed the program"
	}
	// The file's name will do: the folder is that of the README.
	return "when you have changed " + terminal.Line(path.Base(filepath.ToSlash(p.Edit)))
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
	for _, k := range p.kindsOf(p.v.Errors()) {
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

// kindsOf are the kinds of the findings that are shown, each once.
func (p *page) kindsOf(findings []finding.Finding) []finding.Kind {
	var out []finding.Kind
	for _, f := range findings {
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

func (p *page) checkCommand() string { return p.onSubmission("check " + p.number()) }

func (p *page) replayCommand(schedule string) string {
	return p.onSubmission("replay " + p.number() + " " + terminal.Line(schedule))
}

// onSubmission is a command about the submission, wherever it lies.
func (p *page) onSubmission(args string) string {
	if p.From != "" {
		args += " --from " + terminal.Line(p.From)
	}
	return p.command(args)
}

// evidence says what a pass rests on.
func (p *page) evidence() {
	p.section("What this rests on")
	for _, r := range p.v.Runs {
		if r.Mode == finding.ExploreMode {
			p.explored(r)
			continue
		}
		p.item("- ", runText(r))
	}
	p.item("- ", "no data race, no deadlock, no goroutine left behind, no failing test")
	if p.SameOutcome {
		p.item("- ", "the same results as the reference solution")
	}
	p.smallPrint()
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
	case finding.RaceMode:
		text += " under the race detector"
	case finding.LockMode:
		text += " with go-deadlock in place of sync.Mutex and sync.RWMutex"
	default:
		text += " in mode " + terminal.Line(string(r.Mode))
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
