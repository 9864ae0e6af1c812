// Package gradebook renders the records of a class. Nothing is graded here.
package gradebook

import (
	"io"
	"slices"

	"racelab/checker/classroom/page"
	"racelab/checker/classroom/record"
)

// A Format is one rendering.
type Format struct {
	Name   string
	About  string // in a few words
	Render func(io.Writer, record.Stream, Style) error
	// OneStudent is set when what reads it wants the records of one student.
	OneStudent bool
}

// Style is how a rendering for people looks.
type Style struct {
	Width int
	// Known is for pages alone; nil: nothing is known beside the records.
	Known func() (page.Known, error)
}

// paged renders a page, with what is known beside the records.
func paged(render func(io.Writer, record.Stream, page.Known) error) func(io.Writer, record.Stream, Style) error {
	return func(w io.Writer, s record.Stream, style Style) error {
		if style.Known == nil {
			return render(w, s, page.Known{})
		}
		known, err := style.Known()
		if err != nil {
			return err
		}
		return render(w, s, known)
	}
}

// An ofBook renders records that are held.
type ofBook = func(io.Writer, record.Book, Style) error

// brief renders what brief records have.
func brief(render ofBook) func(io.Writer, record.Stream, Style) error {
	return func(w io.Writer, s record.Stream, style Style) error { return render(w, s.Book, style) }
}

// held renders what whole records have, and holds all of them.
func held(render ofBook) func(io.Writer, record.Stream, Style) error {
	return func(w io.Writer, s record.Stream, style Style) error {
		b, err := s.Held()
		if err != nil {
			return err
		}
		return render(w, b, style)
	}
}

// Formats are all renderings, the default first.
var Formats = []Format{
	{"text", "a table for people", brief(Text), false},
	{"csv", "a row for each student, for spreadsheets", brief(CSV), false},
	{"canvas", "a gradebook for Canvas to import", brief(Canvas), false},
	{"moodle", "a gradebook for Moodle to import", Moodle, false},
	{"jsonl", "one JSON object for each record", func(w io.Writer, s record.Stream, _ Style) error { return record.Write(w, s) }, false},
	{"html", "a page with everything, for instructors", paged(page.Class), false},
	{"student-html", "a page for a student, without hidden tests", paged(page.Student), true},
	{"junit", "JUnit's XML: a suite for each student", JUnit, false},
	{"sarif", "SARIF 2.1.0: a run for each student", SARIF, false},
	{"github", "annotations for GitHub Actions", GitHubActions, false},
	{"gitlab", "a Code Quality report for GitLab", GitLab, false},
	{"classroom", "what GitHub Classroom's reporter reads", held(GitHubClassroom), true},
	{"gradescope", "results.json for Gradescope", held(Gradescope), true},
	{"prairielearn", "results.json for PrairieLearn", held(PrairieLearn), true},
	{"autolab", "what Autolab shows, and its last line", held(Autolab), true},
	{"exercism", "results.json of Exercism's test runners", held(Exercism), true},
}

// forTeachers are the formats in which those who are withheld are, and are marked. In all
// others they are left out: what others read, or what goes into a gradebook.
var forTeachers = []string{"text", "jsonl", "html"}

// ForTeachers reports whether a format shows who is withheld.
func (f Format) ForTeachers() bool { return slices.Contains(forTeachers, f.Name) }

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
	most      map[string]int // points that there are, by exercise
}

func newTable(b record.Book) table {
	t := table{most: map[string]int{}}
	for _, r := range b.Records {
		if n := len(t.rows); n == 0 || t.rows[n-1].student != r.Student {
			t.rows = append(t.rows, row{student: r.Student, name: r.Name, of: map[string]record.Record{}})
		}
		last := &t.rows[len(t.rows)-1]
		last.of[r.Exercise] = r
		last.score, last.max = last.score+r.Score, last.max+r.MaxScore
		if _, ok := t.most[r.Exercise]; !ok {
			t.exercises = append(t.exercises, r.Exercise)
		}
		t.most[r.Exercise] = max(t.most[r.Exercise], r.MaxScore)
	}
	slices.Sort(t.exercises)
	return t
}
