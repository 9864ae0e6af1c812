package report

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// placesShown bounds how many related places a report quotes: a race of many
// goroutines has a pair for each, and the first ones tell the story.
const placesShown = 6

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
	case l.Function != "" && l.File != finding.ContractFile:
		text += " in " + l.Function
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

// quote shows the line l with so many lines around it; in a test, only the line
// itself matters.
func (p *page) quote(l finding.Location, around int) []string {
	src, ok := p.Submission.Files[l.File]
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
		if nr == l.Line {
			out = append(out, p.Palette.Bold(p.sourceLine(">", nr, lines[nr-1])))
		} else {
			out = append(out, p.Palette.Dim(p.sourceLine(" ", nr, lines[nr-1])))
		}
	}
	return out
}

func (p *page) sourceLine(mark string, nr int, source string) string {
	gutter := fmt.Sprintf("%s%s %4d | ", indent, mark, nr)
	source = trimRight(terminal.ExpandTabs(terminal.Clean(strings.TrimRight(source, "\r"))))
	return trimRight(gutter + terminal.Cut(source, p.Width-len(gutter)))
}
