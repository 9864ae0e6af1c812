package report

import (
	"io"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// Text writes v for a person.
func Text(w io.Writer, v finding.Verdict, style Style, known Context) error {
	p := newPage(v, style, known)
	p.verdict()
	_, err := io.WriteString(w, p.linked(p.out.String()))
	return err
}

// ReplayText writes r for a person: who the goroutines are, what each of them did
// in which order, where that goes wrong, and who waits for whom at the end.
func ReplayText(w io.Writer, r finding.Replay, style Style, known Context) error {
	r = fillReplay(r)
	p := newPage(finding.Verdict{Exercise: r.Exercise, Findings: r.Findings}, style, known)
	p.replay(r)
	_, err := io.WriteString(w, p.linked(p.out.String()))
	return err
}

// Headline says in a few words what v is, as in "✗ 3 problems, 2 of 10 points".
func Headline(v finding.Verdict, p terminal.Palette) string {
	h := shortHeadline(v)
	mark, colour := Style{Palette: p}.markOf(h.tone)
	return colour(mark + " " + h.text)
}
