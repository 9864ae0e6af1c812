// Package page renders the records of a class as a page: one file of HTML that asks for
// nothing else, works offline, by keyboard and, for reading, without JavaScript.
//
// Class is for the instructor, Student for the student: it names no test that was not handed
// out. Nothing is graded here, and nothing is decided but how a record looks. What students
// wrote is text, whatever they wrote: package report makes it harmless, html/template
// escapes it, and the page's Content-Security-Policy allows its own script and style alone.
package page

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/webpage"
)

// Known is what is known beside the records.
type Known struct {
	// Command is how the reader calls racelab.
	Command string
	// Exercises has those of this racelab, by ID. Of others there may be records, too.
	Exercises map[string]Exercise
}

// An Exercise is what pages show of one.
type Exercise struct {
	Title     string
	HandedOut map[string][]byte // the tests that students have, as files
	Mistakes  []Mistake         // its rejected fixes
}

// A Mistake is a fix that an exercise's author expects, and that is wrong.
type Mistake struct {
	Name     string
	Kind     finding.Kind // that every check of it shows
	Feedback string
}

var (
	//go:embed templates/class.html
	classHTML string
	//go:embed templates/student.html
	studentHTML string
	//go:embed templates/parts.html
	partsHTML string
	//go:embed templates/class.js
	classJS string
	//go:embed templates/student.js
	studentJS string
)

var functions = template.FuncMap{
	"plural": report.Count,
}

var (
	parts    = template.Must(webpage.Parts().Funcs(functions).Parse(partsHTML))
	classes  = template.Must(template.Must(parts.Clone()).New("class").Parse(classHTML))
	students = template.Must(template.Must(parts.Clone()).New("student").Parse(studentHTML))
)

// Class writes the page of a class, for its instructor. It reads the records twice, and holds
// of each what the map shows of it.
func Class(w io.Writer, s record.Stream, known Known) error {
	p, err := newClassPage(s, known)
	if err != nil {
		return err
	}
	var wrong error
	p.Verdicts = p.verdicts.blocks(s.Whole, &wrong)
	if err := classes.Execute(w, p.classPage); err != nil {
		return err
	}
	return wrong
}

// Student writes the page of one student, of records that have only what the student may see:
// see package audience.
func Student(w io.Writer, s record.Stream, known Known) error {
	b, err := s.Held()
	if err != nil {
		return err
	}
	p, err := newStudentPage(b, known)
	if err != nil {
		return err
	}
	return students.Execute(w, p)
}

// title is the number and the title of an exercise; its ID if it has none.
func (k Known) title(id string) string {
	number, _, _ := strings.Cut(id, "-")
	if ex, ok := k.Exercises[id]; ok && ex.Title != "" {
		return number + " " + ex.Title
	}
	return id
}
