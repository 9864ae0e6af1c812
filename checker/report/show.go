package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// placesShown bounds how many related places a report quotes: a race of many
// goroutines has a pair for each, and the first ones tell the story.
const placesShown = 6

const indent = "   "

// usualRuns is how often the tests are run in each mode. The checker ends a mode
// early when every further run would only take long and say the same.
var usualRuns = map[string]int{"race": 10, "lock": 2}

// finding shows one defect: what is wrong, where, who was involved, how it was
// seen and why it matters.
func (p *page) finding(nr int, f finding.Finding) {
	title := wordsFor(f.Kind).title
	if e := f.Evidence; e.Runs > 0 {
		title += fmt.Sprintf(", found in %d of %s", e.Seen, count(e.Runs, "run"))
		if e.Runs < usualRuns[e.Mode] {
			title += " (no more were needed)"
		}
	}
	if nr > 0 {
		title = fmt.Sprintf("%d. %s", nr, title)
	}
	p.heading(p.Palette.Bad, title)
	p.paragraph(indent, p.message(f))
	p.places(f)
	p.diff(f.Evidence.Diff)
	p.goroutines(f)
	p.seenBy(f)
	p.why(f.Kind)
	if p.Full {
		p.output(f.Evidence.Output)
	}
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
	if what, _, ok := strings.Cut(message, "; allowed are "); ok && f.Kind == finding.Policy {
		message = what + "; `" + p.command("explain policy") + "` lists what is"
	}
	return terminal.Cut(message, most)
}

// places quotes the finding's own line and those that belong to it.
func (p *page) places(f finding.Finding) {
	here := map[finding.Location]bool{}
	p.place(f.Location, "", 2, here)
	all := mergeSamePlace(f.Related)
	shown := all
	if !p.Full && len(all) > placesShown {
		shown = all[:placesShown]
	}
	for _, r := range shown {
		p.place(r.Location, r.Message, 1, here)
	}
	if more := len(all) - len(shown); more > 0 {
		p.paragraph(indent, fmt.Sprintf("… and %s (--full shows them)", count(more, "more place")))
	}
}

// mergeSamePlace makes one of neighbours at the same place, as the start of many
// goroutines is.
func mergeSamePlace(related []finding.Related) []finding.Related {
	var out []finding.Related
	for _, r := range related {
		message := terminal.Line(r.Message)
		if last := len(out) - 1; last >= 0 && out[last].Location == r.Location {
			out[last].Message += "; " + message
			continue
		}
		out = append(out, finding.Related{Message: message, Location: r.Location})
	}
	return out
}

// place quotes one line, or only names it when it was quoted before: in this
// finding (here), or for a finding above, unless it is what this one is about.
func (p *page) place(l finding.Location, role string, around int, here map[finding.Location]bool) {
	at := finding.Location{File: l.File, Line: l.Line}
	text, lines := placeOf(l), p.quote(l, around)
	switch {
	case here[at]:
		text, lines = text+" again", nil
	case p.quoted[at] && role != "":
		text, lines = text+" (shown above)", nil
	case l.Function != "":
		text += " in " + terminal.Line(l.Function)
	}
	if l.File == "" {
		text = role
	} else if role != "" {
		text += ": " + role
	}
	if text == "" || role == "" && l.Line == 0 {
		return // the message says it all
	}
	if len(lines) > 0 {
		here[at], p.quoted[at] = true, true
		p.blank()
	}
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

// goroutineStart matches what a data race says of a place that is not one of the
// two accesses.
var goroutineStart = regexp.MustCompile(`^goroutine \d+ was started`)

// shortPlace is a place with the last name of its function: "bank.go:14 Deposit".
func shortPlace(l finding.Location) string {
	return strings.TrimSpace(placeOf(l) + " " + terminal.Line(lastName(l.Function)))
}

// madeName matches what the compiler adds to the name of a function for those
// without a name in it.
var madeName = regexp.MustCompile(`(\.(func|gowrap|deferwrap)?\d+|-range\d+|-fm|\[\.\.\.\])$`)

// lastName is what the source calls a function, or the one that it is written in:
// "Deposit" for "(*Account).Deposit.func1".
func lastName(function string) string {
	for madeName.MatchString(function) {
		function = madeName.ReplaceAllString(function, "")
	}
	return function[strings.LastIndexByte(function, '.')+1:]
}

// quote shows the line l with so many lines around it; in a test, only the line
// itself matters.
func (p *page) quote(l finding.Location, around int) []string {
	src, ok := p.Files[l.File]
	if !ok || l.Line < 1 {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(string(src), "\n"), "\n")
	if l.Line > len(lines) {
		return nil
	}
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
		p.paragraph(indent, text+" by "+detectorName(f.Detector)+".")
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
		p.line(p.Palette.Dim(strings.TrimRight(indent+"  | "+line, " ")))
	}
}
