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
	at, own, all := placesOf(f)
	p.place(at, own, 2, here)
	shown := all
	if !p.Full && len(all) > placesShown {
		shown = all[:placesShown]
	}
	for _, r := range shown {
		p.place(r.Location, r.Message, 1, here)
	}
	if more := len(all) - len(shown); more > 0 {
		p.paragraph(indent, fmt.Sprintf("… and %s (--full shows them)", Count(more, "more place")))
	}
}

// place quotes one line, or only names it when it was quoted before: in this
// finding (here), or for a finding above, unless it is what this one is about.
func (p *page) place(l finding.Location, role string, around int, here map[finding.Location]bool) {
	at := finding.Location{File: l.File, Line: l.Line}
	text, lines := p.pathOf(l), p.quote(l, around)
	switch {
	case here[at]:
		text, lines = placeOf(l)+" again", nil
	case p.quoted[at] && role != "":
		text, lines = placeOf(l)+" (shown above)", nil
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

// quote shows the line l with so many lines around it.
func (p *page) quote(l finding.Location, around int) []string {
	from, lines := p.around(l, around)
	var out []string
	for i, line := range lines {
		if from+i == l.Line {
			out = append(out, p.Palette.Bold(p.sourceLine(">", from+i, line)))
		} else {
			out = append(out, p.Palette.Dim(p.sourceLine(" ", from+i, line)))
		}
	}
	return out
}

// around are the line l and so many around it, and the number of the first; in a test, only
// the line itself matters.
func (v view) around(l finding.Location, around int) (from int, lines []string) {
	src, ok := v.Submission.Files[l.File]
	if !ok || l.Line < 1 {
		return 0, nil
	}
	all := strings.Split(strings.TrimSuffix(string(src), "\n"), "\n")
	if l.Line > len(all) {
		return 0, nil
	}
	if strings.HasSuffix(l.File, "_test.go") {
		around = 0
	}
	from, to := max(1, l.Line-around), min(len(all), l.Line+around)
	for from < l.Line && strings.TrimSpace(all[from-1]) == "" {
		from++
	}
	for to > l.Line && strings.TrimSpace(all[to-1]) == "" {
		to--
	}
	return from, all[from-1 : to]
}

func (p *page) sourceLine(mark string, nr int, source string) string {
	gutter := fmt.Sprintf("%s%s %4d | ", indent, mark, nr)
	source = trimRight(terminal.ExpandTabs(terminal.Clean(strings.TrimRight(source, "\r"))))
	return trimRight(gutter + terminal.Cut(source, p.Width-len(gutter)))
}
