package report

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// shownInBrief is how many errors a report names beside those that it spells out.
const shownInBrief = 6

// A page is one report while it is written.
type page struct {
	Style
	view
	out strings.Builder
	// quoted are the lines that were shown, explained the reasons that were given.
	quoted    map[finding.Location]bool
	explained map[string]bool
}

func newPage(v finding.Verdict, style Style, known Context) *page {
	if style.Width == 0 {
		style.Width = 80
	}
	return &page{
		Style: style, view: newView(v, known, style.Full),
		quoted: map[finding.Location]bool{}, explained: map[string]bool{},
	}
}

func (p *page) verdict() {
	p.headline(p.view.headline())
	switch p.v.Outcome {
	case finding.Pass:
		p.since()
		p.restsOn()
		p.learned()
	case finding.Fail:
		p.paragraph("", p.passedBefore())
		p.since()
		p.feedback()
		p.errors()
	default:
		p.inconclusive()
	}
	p.warnings()
	p.points()
	p.steps(p.whatNext())
}

// headline is the first line: a mark and a colour say how good the news is.
func (p *page) headline(h headline) {
	mark, colour := p.markOf(h.tone)
	p.heading(colour, mark+" "+h.text)
}

func (s Style) markOf(t tone) (mark string, colour func(string) string) {
	switch t {
	case good:
		return "✓", s.Palette.Good
	case bad:
		return "✗", s.Palette.Bad
	}
	return "?", s.Palette.Warn
}

// feedback is what the exercise's author says to the learner who wrote this.
func (p *page) feedback() {
	if text := p.view.feedback(); text != "" {
		p.blank()
		p.paragraph("", text)
	}
}

func (p *page) errors() {
	spelledOut, rest := p.choose()
	for _, problem := range spelledOut {
		p.blank()
		p.problem(problem)
	}
	if len(rest) == 0 {
		return
	}
	p.blank()
	p.paragraph("", "And "+Count(len(rest), "more problem")+" (shown in full with --full):")
	for _, problem := range rest[:min(shownInBrief, len(rest))] {
		mark := fmt.Sprintf("%d. ", problem.Number)
		p.item(mark, terminal.CutWords(terminal.Line(p.oneLine(problem.Head)), p.Width-2-len(mark)))
	}
	if more := len(rest) - shownInBrief; more > 0 {
		p.item("", fmt.Sprintf("… and %d more", more))
	}
}

func (p *page) warnings() {
	warnings := p.v.Warnings()
	if len(warnings) == 0 {
		return
	}
	p.section("Worth a look (costs no points)")
	for _, f := range warnings {
		if p.Full {
			p.finding("", f)
			continue
		}
		p.inBrief(f)
	}
}

// inBrief names a finding in a line or two.
func (p *page) inBrief(f finding.Finding) { p.item("- ", p.cutMessage(p.brief(f))) }

func (p *page) inconclusive() {
	reason, meaning := p.view.inconclusive()
	p.blank()
	p.paragraph("  ", reason)
	p.blank()
	p.paragraph("  ", meaning)
	// What was seen all the same may help, and is no verdict.
	for _, f := range p.v.Errors() {
		p.inBrief(f)
	}
}

// restsOn says what a pass rests on, and what it does not say.
func (p *page) restsOn() {
	p.section("What this rests on")
	for _, c := range p.evidence() {
		p.item("- ", c.text)
		for _, part := range c.parts {
			p.item("  - ", part)
		}
	}
	p.blank()
	p.paragraph("  ", p.smallPrint())
}

func (p *page) learned() {
	if text := p.view.learned(); text != "" {
		p.section("What there was to learn")
		p.paragraph("  ", text)
	}
}

// points shows the rubric. A pass has all of them, and its first line says so.
func (p *page) points() {
	if p.v.Outcome != finding.Fail || len(p.v.Points) == 0 {
		return
	}
	p.section("Points")
	for _, line := range p.v.Points {
		score := fmt.Sprintf("%2d of %2d", line.Points, line.Max)
		text := terminal.Wrap(terminal.Line(line.Name), p.Width, "  "+score+"  ", "            ")
		if line.Points < line.Max {
			text = strings.Replace(text, score, p.Palette.Warn(score), 1)
		}
		p.out.WriteString(text)
	}
}

// steps lists commands and what they are for. A command that leaves no room for
// that beside it has a line of its own: it is not broken, so that it can be copied.
func (p *page) steps(steps []step) {
	p.section("What next")
	most := terminal.Width(p.command("explain lost-concurrency"))
	width := 0
	for i := range steps {
		steps[i].command = terminal.Line(steps[i].command)
		if n := terminal.Width(steps[i].command); n <= most {
			width = max(width, n)
		}
	}
	in := strings.Repeat(" ", width+4)
	for _, s := range steps {
		command := p.Palette.Code(s.command)
		if terminal.Width(s.command) > most {
			p.line("  " + command)
			p.paragraph(in, s.purpose)
			continue
		}
		text := terminal.Wrap(terminal.Line(s.purpose), p.Width, "  "+terminal.Pad(s.command, width)+"  ", in)
		p.out.WriteString(strings.Replace(text, s.command, command, 1))
	}
}
