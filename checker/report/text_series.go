package report

import (
	"fmt"
	"io"

	"racelab/checker/finding"
)

// A textSeries is a line for each submission, and how many pass.
type textSeries struct {
	w       io.Writer
	style   Style
	known   Context
	total   int
	passing int
	// firstFailing is the exercise of the first submission that does not pass.
	firstFailing string
}

func newTextSeries(w io.Writer, style Style, known Context, total int) Series {
	return &textSeries{w: w, style: style, known: known, total: total}
}

func (s *textSeries) Add(v finding.Verdict) error {
	switch {
	case v.Outcome == finding.Pass:
		s.passing++
	case v.Outcome == finding.Fail && s.firstFailing == "":
		s.firstFailing = v.Exercise
	}
	mark, colour := s.style.markOf(toneOf(v.Outcome))
	_, err := fmt.Fprintf(s.w, "%s %-26s %s\n", colour(mark), v.Exercise, kindsAndScore(v))
	return err
}

func (s *textSeries) Close() error {
	_, err := fmt.Fprintf(s.w, "\n%d of %d pass.%s\n", s.passing, s.total, s.advice())
	return err
}

func (s *textSeries) advice() string {
	if s.firstFailing == "" {
		return ""
	}
	v := newView(finding.Verdict{Exercise: s.firstFailing}, s.known, s.style.Full)
	return fmt.Sprintf(" `%s` says what is wrong with the first that does not.", v.command("check "+v.number()))
}
