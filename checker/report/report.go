// Package report renders a verdict, for a person or for a program.
//
// A renderer shows what a finding.Verdict says and decides nothing: everything
// it prints is in the verdict, or was handed in through Options (the sources to
// quote, the commands to suggest). So a recorded JSON verdict gives the same text
// as a fresh one. Text from the submission, which may hold anything, is escaped.
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// Options say how Text shows a verdict. The zero value is plain text of 80
// columns that quotes no source.
type Options struct {
	// Palette colours, or does not.
	Palette terminal.Palette
	// Width of a line, in columns; 0 means 80.
	Width int
	// Full shows every finding with all of its evidence, the detectors' own
	// output included. Otherwise the first of each kind, and the rest is named.
	Full bool

	// Files are the sources to quote, by the names that locations use: the
	// submission as it was checked, and the exercise's tests.
	Files map[string][]byte
	// InWorkspace is set when the submission is a workspace's own, where racelab's
	// other commands apply to it.
	InWorkspace bool
	// Passed is when the exercise passed first; zero if it never did.
	Passed time.Time
	// Unexpected is set when the submission shows a kind of problem that the
	// exercise as it is handed out does not: the reader's own change brought it.
	Unexpected bool
	// Edit is what the reader calls the file to change, if it is known.
	Edit string

	// From is what the reader gave to --from, if anything, as shells want it.
	From string
	// Command is how the reader calls racelab; "" means "racelab".
	Command string
	// Hints is how many hints the exercise has, HintsShown how many of them the
	// reader has seen.
	Hints, HintsShown int
	// SameOutcome is set when a pass includes that the fix shows what the
	// reference solution shows.
	SameOutcome bool
	// Reference is set when there is a reference solution to show. A report does
	// so only InWorkspace: racelab would compare it with the version there.
	Reference bool
	// Learned says what solving the exercise teaches.
	Learned string
	// Next is the exercise to go on with, as in "02-lock-reentry", if any.
	Next string
}

// JSON writes v as one line: the object that package finding documents.
func JSON(w io.Writer, v finding.Verdict) error {
	return json.NewEncoder(w).Encode(fillVerdict(v))
}

// Headline says in a few words what v is, as in "✗ 3 problems, 2 of 10 points".
func Headline(v finding.Verdict, p terminal.Palette) string {
	score := fmt.Sprintf("%d of %s", v.Score, count(v.MaxScore, "point"))
	switch v.Outcome {
	case finding.Pass:
		return p.Good("✓ " + score)
	case finding.Fail:
		return p.Bad("✗ " + count(len(v.Errors()), "problem") + ", " + score)
	}
	return p.Warn("? no verdict")
}

// Text writes v for a person.
func Text(w io.Writer, v finding.Verdict, opts Options) error {
	p := newPage(v, opts)
	p.render()
	_, err := io.WriteString(w, p.out.String())
	return err
}
