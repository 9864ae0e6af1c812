// Package report renders a verdict, for a person or for a program.
//
// A renderer shows what a finding.Verdict says and decides nothing: everything
// it prints is in the verdict, or was handed in through Options (the sources to
// quote, the commands to suggest). So a recorded JSON verdict gives the same text
// as a fresh one. Text from the submission, which may hold anything, is escaped.
package report

import (
	"encoding/json"
	"io"

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
	// Edit is what the reader calls the file to change, if it is known.
	Edit string

	// Command is how the reader calls racelab; "" means "racelab".
	Command string
	// Hints is how many hints the exercise has, HintsShown how many of them the
	// reader has seen.
	Hints, HintsShown int
	// SameOutcome is set when a pass includes that the fix shows what the
	// reference solution shows.
	SameOutcome bool
	// Reference is set when there is a reference solution to show.
	Reference bool
	// Learned says what solving the exercise teaches.
	Learned string
	// Next is the exercise to go on with, as in "02-lock-reentry", if any.
	Next string
}

// JSON writes v as one line: the object that package finding documents.
func JSON(w io.Writer, v finding.Verdict) error {
	return json.NewEncoder(w).Encode(v)
}

// Text writes v for a person.
func Text(w io.Writer, v finding.Verdict, opts Options) error {
	if opts.Width == 0 {
		opts.Width = 80
	}
	if opts.Command == "" {
		opts.Command = "racelab"
	}
	p := &page{v: v, Options: opts, quoted: map[finding.Location]bool{}, explained: map[finding.Kind]bool{}}
	p.render()
	_, err := io.WriteString(w, p.out.String())
	return err
}
