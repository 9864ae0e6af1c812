// Package report renders a verdict, or a replay, for a person or for a program.
//
// A renderer shows what a finding.Verdict says and decides nothing: everything
// it prints is in the verdict, or was handed in through Context (the sources to
// quote, the commands to suggest). So a recorded JSON verdict gives the same text
// as a fresh one.
//
// What is said and how it looks are apart. The files words*.go make sentences from
// a view: they know no columns and no colours, and escape nothing. The files
// text*.go lay these out for a terminal and escape what comes from the submission,
// which may hold anything. picture*.go and html.go do so for pages, which package webpage
// writes. The table of all formats is in formats.go: a new one is
// one file, and one line there.
package report

import (
	"time"

	"racelab/checker/report/terminal"
)

// A Style is how a report looks. The zero value is plain text of 80 columns.
type Style struct {
	// Palette colours, or does not.
	Palette terminal.Palette
	// Links makes places clickable, or does not.
	Links terminal.Links
	// Width of a line, in columns; 0 means 80.
	Width int
	// Full shows every finding with all of its evidence, the detectors' own
	// output included. Otherwise the first of each kind, and the rest is named.
	Full bool
}

// A Context is what is known beside the verdict. The zero value quotes no source
// and suggests only commands that always work.
type Context struct {
	// Command is how the reader calls racelab; "" means "racelab".
	Command    string
	Submission Submission
	Hints      Hints
	Lesson     Lesson
}

// A Submission is what the reader has handed in.
type Submission struct {
	// Files are the sources to quote, by the names that locations use: the
	// submission as it was checked, and the exercise's tests.
	Files map[string][]byte
	// Paths are where the reader finds those of Files that they have, by the same names.
	Paths map[string]Path
	// Edit is what the reader calls the file to change, if it is known.
	Edit string
	// From is what the reader gave to --from, if anything, as shells want it.
	From string
	// InLab is set when the submission is a lab's own, where racelab's other
	// commands apply to it.
	InLab bool
	// Remembered is set when racelab has kept this verdict as that of the last check: its
	// problems then have the numbers that replay knows.
	Remembered bool
	// Changed is set when the last check was of something else.
	Changed bool
	// Passed is when the exercise passed first; zero if it never did.
	Passed time.Time
	// Unexpected is set when the submission shows a kind of problem that the
	// exercise as it is handed out does not: the reader's own change brought it.
	Unexpected bool
}

// Hints are those of the exercise.
type Hints struct {
	Count int
	Shown int // that the reader has seen
}

// A Lesson is what a pass leads to.
type Lesson struct {
	// Learned says what solving the exercise teaches.
	Learned string
	// SameOutcome is set when a pass includes that the fix shows what the
	// reference solution shows.
	SameOutcome bool
	// Reference is set when there is a reference solution to show. A report does
	// so only InLab: racelab would compare it with the version there.
	Reference bool
	// Next is the exercise to go on with, as in "02-lock-reentry", if any.
	Next string
}
