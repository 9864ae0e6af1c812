// Package gradebook renders the records of a class. Nothing is graded here.
package gradebook

import (
	"io"
	"slices"

	"racelab/checker/classroom/record"
)

// A Format is one rendering.
type Format struct {
	Name   string
	About  string // in a few words
	Render func(io.Writer, record.Book, Style) error
	// OneStudent is set when what reads it wants the records of one student.
	OneStudent bool
}

// Style is how a rendering for people looks.
type Style struct{ Width int }

// Formats are all renderings, the default first.
var Formats = []Format{
	{"text", "a table for people", Text, false},
	{"csv", "a row for each student, for spreadsheets", CSV, false},
	{"jsonl", "one JSON object for each record", func(w io.Writer, b record.Book, _ Style) error { return record.Write(w, b) }, false},
	{"junit", "JUnit's XML: a suite for each student", JUnit, false},
	{"github", "annotations for GitHub Actions", GitHubActions, false},
	{"gitlab", "a Code Quality report for GitLab", GitLab, false},
	{"classroom", "what GitHub Classroom's reporter reads", GitHubClassroom, true},
	{"gradescope", "results.json for Gradescope", Gradescope, true},
	{"prairielearn", "results.json for PrairieLearn", PrairieLearn, true},
	{"autolab", "the last line of output for Autolab", Autolab, true},
	{"exercism", "results.json of Exercism's test runners", Exercism, true},
}

// Named looks a format up.
func Named(name string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}

// A row has the records of one student.
type row struct {
	student, name string
	of            map[string]record.Record // by exercise
	score, max    int
}

// A table has a row for each student and a column for each exercise, in order.
type table struct {
	rows      []row
	exercises []string
}

func newTable(b record.Book) table {
	var t table
	for _, r := range b.Records {
		if n := len(t.rows); n == 0 || t.rows[n-1].student != r.Student {
			t.rows = append(t.rows, row{student: r.Student, name: r.Name, of: map[string]record.Record{}})
		}
		last := &t.rows[len(t.rows)-1]
		last.of[r.Exercise] = r
		last.score, last.max = last.score+r.Score, last.max+r.MaxScore
		if !slices.Contains(t.exercises, r.Exercise) {
			t.exercises = append(t.exercises, r.Exercise)
		}
	}
	slices.Sort(t.exercises)
	return t
}
