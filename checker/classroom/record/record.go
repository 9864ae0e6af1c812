// Package record is what is kept of a class: one record for each student and exercise.
// It is data; the verdict in it is what a check of that one submission says.
package record

import (
	"cmp"
	"slices"

	"racelab/checker/classroom/handin"
	"racelab/checker/classroom/roster"
	"racelab/checker/finding"
)

// Schema is the version of the JSON object that a Record marshals to. Fields are only
// ever added within v1.
const Schema = "racelab/record/v1"

// State says how a record came about.
type State string

// A missing submission has no files of the exercise, an untouched one those that were
// handed out. Neither is run, and both have no points.
const (
	Graded    State = "graded"
	Missing   State = "missing"
	Untouched State = "untouched"
)

// A Record is what became of one student's submission for one exercise.
type Record struct {
	Schema  string `json:"schema"`
	Student string `json:"student"`
	Name    string `json:"name,omitempty"`
	// Known is what learning platforms call the student, if there was a roster.
	Known    *Known `json:"known,omitempty"`
	Exercise string `json:"exercise"`
	State    State  `json:"state"`
	// Submission is the hash of its files, and Key names by content all that the verdict
	// depends on.
	Submission string `json:"submission,omitempty"`
	Key        string `json:"key,omitempty"`
	Sandbox    string `json:"sandbox,omitempty"` // the tier of isolation that it was checked in
	Late       bool   `json:"late,omitempty"`    // a learning platform says so
	// LateMinutes is how late everything of the student came, as the roster says, which
	// knows better than a platform; nil if it says nothing. ExtensionMinutes is what was
	// granted.
	LateMinutes      *int `json:"late_minutes,omitempty"`
	ExtensionMinutes int  `json:"extension_minutes,omitempty"`
	// LateAsBefore is set when nobody says now how late it was.
	LateAsBefore bool `json:"-"`
	Score        int  `json:"score"`
	MaxScore     int  `json:"max_score"`
	// Deductions are what was taken off the score, and why. Records are kept without: they
	// follow from what the records are rendered with.
	Deductions []Deduction   `json:"deductions,omitempty"`
	Notes      []handin.Note `json:"notes,omitempty"`
	// Verdict is of graded ones. How long it took is not part of a record: the same
	// submission has the same record, wherever it is graded.
	Verdict *finding.Verdict `json:"verdict,omitempty"`
	// Quotes are the lines of the submission that the verdict speaks of.
	Quotes []Quote `json:"quotes,omitempty"`
	// Earlier are the scores that it had before, the oldest first.
	Earlier []Earlier `json:"earlier,omitempty"`
}

// Known is what learning platforms call a student.
type Known = roster.Known

// KeyOf names all that a verdict depends on: the check, by its key, the tier of isolation if
// there was one, and the submission, by its hash.
func KeyOf(check, sandbox, submission string) string {
	if sandbox != "" {
		check += ":" + sandbox
	}
	return check + ":" + submission
}

// A Deduction is some points less, for a reason that no check has found.
type Deduction struct {
	Reason string `json:"reason"`
	Points int    `json:"points"`
}

// An Earlier is a score that another one has taken the place of: something else was handed
// in, racelab has changed, or somebody wanted it graded again.
type Earlier struct {
	Submission string `json:"submission"`
	Key        string `json:"key"`
	Score      int    `json:"score"`
	MaxScore   int    `json:"max_score"`
	Reason     string `json:"reason,omitempty"` // why somebody wanted it graded again
}

// After is r when it takes the place of old, for a reason if somebody has given one. The
// same files are as late as they were, unless somebody says otherwise.
func (r Record) After(old Record, reason string) Record {
	r.Earlier = old.Earlier
	if r.LateAsBefore {
		r.Late = r.Late || old.Late && old.Submission == r.Submission
		r.LateMinutes, r.ExtensionMinutes = old.LateMinutes, old.ExtensionMinutes
	}
	if old.State == Graded && !old.Inconclusive() && (old.Key != r.Key || reason != "") {
		r.Earlier = append(slices.Clip(old.Earlier), Earlier{old.Submission, old.Key, old.Score, old.MaxScore, reason})
	}
	if r.Known == nil {
		r.Known, r.Name = old.Known, cmp.Or(r.Name, old.Name) // it is graded again without the roster
	}
	return r
}

// Brief is r without what makes records large: the problems, how they were found, and the
// lines that they are in. A class of brief records fits into memory, however much is wrong.
func (r Record) Brief() Record {
	if r.Verdict != nil {
		v := *r.Verdict
		v.Findings, v.Runs = nil, nil
		r.Verdict = &v
	}
	r.Quotes = nil
	return r
}

// Inconclusive reports whether racelab could not tell.
func (r Record) Inconclusive() bool {
	return r.State == Graded && (r.Verdict == nil || r.Verdict.Outcome == finding.Inconclusive)
}

// WorthAgain reports whether the machine is to blame that racelab could not tell.
func (r Record) WorthAgain() bool {
	return r.Inconclusive() && (r.Verdict == nil || r.Verdict.WorthAgain())
}

// Passed reports whether the submission passed.
func (r Record) Passed() bool {
	return r.State == Graded && r.Verdict != nil && r.Verdict.Outcome == finding.Pass
}

// Sort puts records in order: by student, then by exercise.
func Sort(all []Record) {
	slices.SortFunc(all, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.Student, b.Student), cmp.Compare(a.Exercise, b.Exercise))
	})
}
