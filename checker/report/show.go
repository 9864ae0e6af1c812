package report

import (
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

const indent = "   "

// usualRuns is how often the tests are run in each mode. The checker ends a mode
// early when every further run would only take long and say the same.
var usualRuns = map[finding.Mode]int{finding.RaceMode: 4, finding.LockMode: 2}

// finding shows one defect: what is wrong, where, who was involved, how it was
// seen and why it matters.
func (p *page) finding(nr int, f finding.Finding) {
	title := wordsFor(f.Kind).title
	title += seenIn(f.Evidence)
	if nr > 0 {
		title = fmt.Sprintf("%d. %s", nr, title)
	}
	p.heading(p.Palette.Bad, title)
	p.paragraph(indent, p.message(f))
	p.places(f)
	p.diff(f.Evidence.Diff)
	p.goroutines(f)
	p.seenBy(f)
	p.foundBy(f.Evidence)
	p.why(f.Kind)
	if f.Evidence.Trace != nil {
		p.interleaving(*f.Evidence.Trace, nil)
	}
	if p.Full {
		p.output(f.Evidence.Output)
	}
}

// seenIn says how often.
func seenIn(e finding.Evidence) string {
	switch {
	case e.Runs == 0:
		return ""
	case e.Mode == finding.ExploreMode:
		return fmt.Sprintf(", found in %s of %s", number(e.Seen), count(e.Runs, "schedule"))
	case e.Runs < usualRuns[e.Mode]:
		return fmt.Sprintf(", found in %d of %s (no more were needed)", e.Seen, count(e.Runs, "run"))
	}
	return fmt.Sprintf(", found in %d of %s", e.Seen, count(e.Runs, "run"))
}

// why is told once for each kind.
func (p *page) why(k finding.Kind) {
	w := wordsFor(k)
	if w.why == "" || p.explained[k] {
		return
	}
	p.explained[k] = true
	p.blank()
	p.paragraph(indent, whyHeading(k)+" "+w.why)
}

// message is the finding's, on one line. Its long parts are shown on demand:
// the list of what a policy allows, and what only a program under test can make
// that long.
func (p *page) message(f finding.Finding) string {
	const most = 600
	message := terminal.Line(f.Message)
	if p.Full {
		return message
	}
	if b := f.Fact.Breach; b != nil && b.Rule == finding.RuleImport {
		message = terminal.Line(importWords(*b)) + "; `" + p.command("explain policy") + "` lists what is"
	}
	return terminal.Cut(message, most)
}

// diff shows how the observations differ from the reference's.
func (p *page) diff(diff string) {
	if strings.TrimSpace(diff) == "" {
		return
	}
	p.blank()
	p.line(indent + "Difference (- the reference solution, + yours):")
	for line := range strings.Lines(strings.TrimRight(diff, "\n")) {
		// go-cmp aligns with non-breaking spaces, so that nobody parses its output.
		line = strings.ReplaceAll(strings.TrimRight(line, "\n"), "\u00a0", " ")
		line = terminal.Cut(terminal.ExpandTabs(terminal.Clean(line)), p.Width-len(indent)-2)
		switch {
		case strings.HasPrefix(line, "-"):
			line = p.Palette.Removed(line)
		case strings.HasPrefix(line, "+"):
			line = p.Palette.Added(line)
		}
		p.line(strings.TrimRight(indent+"  "+line, " "))
	}
}

// goroutines lists those involved, where the related places do not say it
// already, or when everything is asked for.
func (p *page) goroutines(f finding.Finding) {
	if len(f.Evidence.Goroutines) == 0 || !p.Full && len(f.Related) > 0 {
		return
	}
	p.blank()
	p.line(indent + "Goroutines:")
	for _, g := range f.Evidence.Goroutines {
		p.goroutine(g)
	}
}

func (p *page) goroutine(g finding.Goroutine) {
	text := fmt.Sprintf("goroutine %d", g.ID)
	if g.State != "" {
		text += " [" + terminal.Line(g.State) + "]"
	}
	stack, created := g.Stack, g.CreatedBy
	if !p.Full {
		stack, created = stack[:min(1, len(stack))], created[:min(1, len(created))]
	}
	text += framesText(" at ", stack) + framesText(", started at ", created)
	p.item(" - ", text)
}

func framesText(first string, stack []finding.Frame) string {
	text, before := "", first
	for _, f := range stack {
		at := terminal.Line(f.File)
		if f.Line > 0 {
			at += fmt.Sprintf(":%d", f.Line)
		}
		text += before + at + " in " + terminal.Line(f.Function)
		before = ", called at "
	}
	return text
}

// seenBy says which detector saw the defect, and in which tests.
func (p *page) seenBy(f finding.Finding) {
	text := "Seen"
	if tests := f.Evidence.Tests; len(tests) > 0 {
		const most = 4
		named := slices.Clone(tests)
		if !p.Full && len(tests) > most {
			named = append(named[:most:most], fmt.Sprintf("%d more", len(tests)-most))
		}
		for i := range named {
			named[i] = terminal.Line(named[i])
		}
		text += " in " + list(named)
	}
	if f.Detector != "" {
		p.blank()
		p.paragraph(indent, text+" by "+seer(f)+".")
	}
}

// seer is what saw a defect.
func seer(f finding.Finding) string {
	if f.Kind == finding.LostConcurrency && f.Detector == finding.Scheduler {
		return "the controlled scheduler, on a virtual clock that the speed of this machine does not change"
	}
	return detectorName(f)
}

// output is the detector's own report, for those who want to learn to read it.
func (p *page) output(output string) {
	if strings.TrimSpace(output) == "" {
		return
	}
	p.blank()
	p.line(indent + "As the detector printed it:")
	for line := range strings.Lines(strings.TrimRight(output, "\n")) {
		line = terminal.ExpandTabs(terminal.Clean(strings.TrimRight(line, "\r\n")))
		p.line(p.Palette.Dim(strings.TrimRight(indent+"  | "+line, " ")))
	}
}
