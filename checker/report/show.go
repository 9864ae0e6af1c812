package report

import (
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// placesShown bounds how many related places a report quotes: a race of many
// goroutines has a pair for each, and the first ones tell the story.
const placesShown = 6

const indent = "   "

// finding shows one defect: what is wrong, where, who was involved, how it was
// seen and why it matters.
func (p *page) finding(nr int, f finding.Finding) {
	title := wordsFor(f.Kind).title
	if e := f.Evidence; e.Runs > 0 {
		title += fmt.Sprintf(" (in %d of %s)", e.Seen, count(e.Runs, "run"))
	}
	if nr > 0 {
		title = fmt.Sprintf("%d. %s", nr, title)
	}
	p.line(p.Palette.Bad(title))
	p.paragraph(indent, terminal.Line(f.Message))
	p.places(f)
	p.diff(f.Evidence.Diff)
	p.goroutines(f)
	p.seenBy(f)
	if why := wordsFor(f.Kind).why; why != "" {
		p.blank()
		p.paragraph(indent, "Why this is a bug: "+why)
	}
	if p.Full {
		p.output(f.Evidence.Output)
	}
}

// places quotes the finding's own line and those that belong to it. A line that
// was quoted already is only named.
func (p *page) places(f finding.Finding) {
	quoted := map[finding.Location]bool{}
	p.place(f.Location, "", quoted)
	shown := f.Related
	if !p.Full && len(shown) > placesShown {
		shown = shown[:placesShown]
	}
	for _, r := range shown {
		p.place(r.Location, terminal.Line(r.Message), quoted)
	}
	if more := len(f.Related) - len(shown); more > 0 {
		p.paragraph(indent, fmt.Sprintf("… and %s (--full shows them)", count(more, "more place")))
	}
}

func (p *page) place(l finding.Location, role string, quoted map[finding.Location]bool) {
	if l.File == "" {
		if role != "" {
			p.paragraph(indent, role)
		}
		return
	}
	text := placeOf(l)
	if l.Function != "" {
		text += " in " + terminal.Line(l.Function)
	}
	if role != "" {
		text += ": " + role
	}
	at := finding.Location{File: l.File, Line: l.Line}
	lines := p.quote(l)
	if quoted[at] {
		p.paragraph(indent, text+" (the same line)")
		return
	}
	if len(lines) == 0 {
		p.paragraph(indent, text)
		return
	}
	quoted[at] = true
	p.blank()
	p.paragraph(indent, text)
	for _, line := range lines {
		p.line(line)
	}
}

// placeOf is a location as editors understand it, "bank.go:14".
func placeOf(l finding.Location) string {
	if l.File == "" {
		return ""
	}
	if l.Line == 0 {
		return terminal.Line(l.File)
	}
	return fmt.Sprintf("%s:%d", terminal.Line(l.File), l.Line)
}

// quote shows the line l with its neighbours: two on each side in a file that
// the learner edits, none in a test, where only the line itself matters.
func (p *page) quote(l finding.Location) []string {
	src, ok := p.Files[l.File]
	if !ok || l.Line < 1 {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(string(src), "\n"), "\n")
	if l.Line > len(lines) {
		return nil
	}
	around := 2
	if strings.HasSuffix(l.File, "_test.go") {
		around = 0
	}
	from, to := max(1, l.Line-around), min(len(lines), l.Line+around)
	for from < l.Line && strings.TrimSpace(lines[from-1]) == "" {
		from++
	}
	for to > l.Line && strings.TrimSpace(lines[to-1]) == "" {
		to--
	}
	var out []string
	for nr := from; nr <= to; nr++ {
		out = append(out, p.sourceLine(nr, lines[nr-1], nr == l.Line))
	}
	return out
}

func (p *page) sourceLine(nr int, source string, marked bool) string {
	gutter := fmt.Sprintf("%s  %4d | ", indent, nr)
	if marked {
		gutter = fmt.Sprintf("%s> %4d | ", indent, nr)
	}
	source = strings.TrimRight(terminal.ExpandTabs(terminal.Clean(strings.TrimRight(source, "\r"))), " ")
	line := strings.TrimRight(gutter+terminal.Cut(source, p.Width-len(gutter)), " ")
	if marked {
		return p.Palette.Bold(line)
	}
	return p.Palette.Dim(line)
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
		line = strings.ReplaceAll(strings.TrimRight(line, "\n"), " ", " ")
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
		text += fmt.Sprintf("%s%s:%d in %s", before, terminal.Line(f.File), f.Line, terminal.Line(f.Function))
		before = ", called at "
	}
	return text
}

// seenBy says which detector saw the defect, how often and in which tests.
func (p *page) seenBy(f finding.Finding) {
	text := "Seen by " + detectorName(f.Detector)
	if e := f.Evidence; e.Runs > 0 {
		text += fmt.Sprintf(", in %d of %s", e.Seen, count(e.Runs, "run"))
	}
	if tests := f.Evidence.Tests; len(tests) > 0 {
		const most = 4
		named := slices.Clone(tests)
		if !p.Full && len(tests) > most {
			named = append(named[:most:most], fmt.Sprintf("%d more", len(tests)-most))
		}
		for i := range named {
			named[i] = terminal.Line(named[i])
		}
		text += ", in " + list(named)
	}
	p.blank()
	p.paragraph(indent, text+".")
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
