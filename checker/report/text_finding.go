package report

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

const indent = "   "

// problem shows a problem: the finding that heads it, and what follows.
func (p *page) problem(problem finding.Problem) {
	p.finding(fmt.Sprintf("%d. ", problem.Number), problem.Head)
	if p.Full {
		for i, f := range problem.Follows {
			if f.Kind != finding.WrongResult && f.Origin.Same(problem.Head.Origin) {
				f.Origin = nil // the head says it
			}
			p.blank()
			p.finding(fmt.Sprintf("%d.%d. ", problem.Number, i+1), f)
		}
		return
	}
	for _, group := range p.following(problem, " (--full shows them)") {
		p.blank()
		p.line(indent + group.intro)
		for _, text := range group.lines {
			p.item(" - ", terminal.CutWords(terminal.Line(text), 2*p.Width))
		}
	}
}

// numbered shows one of the defects that are counted.
func (p *page) numbered(nr int, f finding.Finding) {
	p.finding(fmt.Sprintf("%d. ", nr), f)
}

// finding shows one defect: what is wrong, where, who was involved, how it was
// seen and why it matters.
func (p *page) finding(mark string, f finding.Finding) {
	p.heading(p.Palette.Bad, mark+p.title(f))
	p.paragraph(indent, p.cutMessage(p.headMessage(f)))
	p.places(f)
	p.diff(f.Evidence.Diff)
	p.scenario(f.Evidence.Scenario)
	p.goroutines(f)
	p.seenBy(f)
	p.paragraph(indent, foundBy(f.Evidence))
	if p.Full && f.Evidence.Schedule != "" {
		p.line(indent + "Schedule: " + terminal.Line(f.Evidence.Schedule)) // whole, to be copied
	}
	p.why(f)
	if f.Evidence.Trace != nil {
		p.interleaving(*f.Evidence.Trace, nil)
	}
	if p.Full {
		p.output(f.Evidence.Output)
	}
}

// cutMessage shortens what only a program under test can make that long.
func (p *page) cutMessage(message string) string {
	const most = 600
	message = terminal.Line(message)
	if p.Full {
		return message
	}
	return terminal.CutWords(message, most)
}

func (p *page) seenBy(f finding.Finding) {
	if text := p.view.seenBy(f); text != "" {
		p.blank()
		p.paragraph(indent, text)
	}
}

// why is told once.
func (p *page) why(f finding.Finding) {
	if text := why(f); text != "" && !p.explained[text] {
		p.explained[text] = true
		p.blank()
		p.paragraph(indent, text)
	}
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
		p.line(trimRight(indent + "  " + line))
	}
}

// scenario shows the calls that were made, so that one can paste them into a test.
func (p *page) scenario(s *finding.Scenario) {
	if s == nil {
		return
	}
	p.blank()
	p.line(indent + "What was called, and what came back:")
	lines, widest := scenarioLines(*s), 0
	for i := range lines {
		lines[i][0] = terminal.ExpandTabs(terminal.Clean(lines[i][0]))
		if n := terminal.Width(lines[i][0]); lines[i][1] != "" && n <= p.Width/2 {
			widest = max(widest, n)
		}
	}
	for _, l := range lines {
		p.call(l[0], terminal.Line(l[1]), widest)
	}
}

// call shows a call, and beside it how it ended; below it where that is too much for one
// line.
func (p *page) call(call, ended string, widest int) {
	const inner = indent + "  "
	beside := fmt.Sprintf("%s%-*s // %s", inner, widest, call, ended)
	if ended != "" && terminal.Width(beside) <= p.Width {
		p.line(beside)
		return
	}
	text := strings.TrimLeft(call, " ")
	at := inner + call[:len(call)-len(text)]
	p.paragraph(at, text)
	p.paragraph(at+"    // ", ended)
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
		p.item(" - ", p.goroutine(g))
	}
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
		p.line(p.Palette.Dim(trimRight(indent + "  | " + line)))
	}
}
