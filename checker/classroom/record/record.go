// Package record is what is kept of a class: one record for each student and exercise.
// It is data; the verdict in it is what a check of that one submission says.
package record

import (
	"cmp"
	"slices"

	"racelab/checker/classroom/handin"
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
	Schema   string `json:"schema"`
	Student  string `json:"student"`
	Name     string `json:"name,omitempty"`
	Exercise string `json:"exercise"`
	State    State  `json:"state"`
	// Submission is the hash of its files, and Key names by content all that the verdict
	// depends on.
	Submission string        `json:"submission,omitempty"`
	Key        string        `json:"key,omitempty"`
	Late       bool          `json:"late,omitempty"` // a learning platform says so
	Score      int           `json:"score"`
	MaxScore   int           `json:"max_score"`
	Notes      []handin.Note `json:"notes,omitempty"`
	// Verdict is of graded ones. How long it took is not part of a record: the same
	// submission has the same record, wherever it is graded.
	Verdict *finding.Verdict `json:"verdict,omitempty"`
	// Earlier are the scores that it had before, the oldest first.
	Earlier []Earlier `json:"earlier,omitempty"`
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

// After is r when it takes the place of old, for a reason if somebody has given one.
func (r Record) After(old Record, reason string) Record {
	r.Earlier = old.Earlier
	if old.State == Graded && !old.Inconclusive() && (old.Key != r.Key || reason != "") {
		r.Earlier = append(slices.Clip(old.Earlier), Earlier{old.Submission, old.Key, old.Score, old.MaxScore, reason})
	}
	return r
}

// Inconclusive reports whether racelab could not tell.
func (r Record) Inconclusive() bool {
	return r.State == Graded && (r.Verdict == nil || r.Verdict.Outcome == finding.Inconclusive)
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
