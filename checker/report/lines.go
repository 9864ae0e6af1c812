package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// Lines writes v for editors that look for places in what a command prints: a line for each
// problem, and one for each place that belongs to it, as compilers do:
//
//	exercises/01-unlocked-balance/bank.go:18: error: 1. Data race: …
//	exercises/01-unlocked-balance/bank.go:23: note: …
//
// What has no place is at the beginning of the file to edit. The last line is the headline.
func Lines(w io.Writer, v finding.Verdict, style Style, known Context) error {
	l := lines{view: newView(v, known, style.Full)}
	for _, p := range v.Problems() {
		l.mark("error", fmt.Sprintf("%d. ", p.Number), p.Head)
		for _, f := range p.Follows {
			f.Origin = nil // the head says it
			l.mark("note", "", f)
		}
	}
	for _, f := range v.Warnings() {
		l.mark("warning", "", f)
	}
	l.out.WriteString(Plain(v) + "\n")
	_, err := io.WriteString(w, l.out.String())
	return err
}

// lines are what is written.
type lines struct {
	view
	out strings.Builder
}

// mark adds the lines of a finding.
func (l *lines) mark(severity, number string, f finding.Finding) {
	m := MarkOf(f)
	l.line(m.Location, severity, number+m.Text)
	for _, p := range m.Places {
		l.line(p.Location, "note", p.Message)
	}
}

// line adds a line, at the beginning of the file to edit where no place is known.
func (l *lines) line(at finding.Location, severity, text string) {
	if at.File == "" || at.File == finding.ContractFile {
		at = finding.Location{File: cmp.Or(l.Submission.Edit, l.v.Exercise)}
	}
	at.Line = max(at.Line, 1)
	fmt.Fprintf(&l.out, "%s: %s: %s\n", terminal.Line(l.pathOf(at)), severity, text)
}
