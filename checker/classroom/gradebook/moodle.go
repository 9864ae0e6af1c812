package gradebook

import (
	"encoding/csv"
	"html"
	"io"
	"slices"

	"racelab/checker/classroom/record"
	"racelab/checker/report/terminal"
)

// Moodle writes a file for Moodle's grade import. It has one column that says who somebody
// is, and one that everybody has: an empty cell there would give the grades of that row to the
// student of the row above. For each exercise there are the points and what is to say of
// them: Moodle forgets the points where only the other is imported. An empty cell is no grade.
// See https://docs.moodle.org/en/Grade_import.
func Moodle(w io.Writer, s record.Stream, _ Style) error {
	t := newTable(s.Book)
	out := csv.NewWriter(w)
	who := moodleColumn(t.rows)
	head := []string{who.heading}
	for _, ex := range t.exercises {
		head = append(head, cell(ex), cell(ex+" (feedback)"))
	}
	_ = out.Write(head)
	next := 0
	for of, err := range s.Students() {
		if err != nil {
			return err
		}
		said := map[string]string{}
		for _, r := range of {
			o := newOutcome(r)
			said[o.Exercise] = words(o)
		}
		r := t.rows[next]
		next++
		row := []string{cell(who.of(r))}
		for _, ex := range t.exercises {
			row = append(row, points(r, ex), feedback(said[ex]))
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// An identity is a column that says who somebody is.
type identity struct {
	heading string
	of      func(row) string
}

// identities are what Moodle knows students by, the ones that it is mostly told first.
var identities = []identity{
	{"Email address", func(r row) string { return r.knownAs().Email }},
	{"ID number", func(r row) string { return r.knownAs().IDNumber }},
	{"Username", func(r row) string { return r.student }},
}

// moodleColumn is the first one that everybody has.
func moodleColumn(rows []row) identity {
	i := slices.IndexFunc(identities, func(id identity) bool {
		return !slices.ContainsFunc(rows, func(r row) bool { return id.of(r) == "" })
	})
	return identities[max(0, i)]
}

// mostFeedback is how much is said in a cell, in runes: spreadsheets take no more than 32767.
const mostFeedback = 10_000

// feedback is a text for a page: nothing that a program has said is HTML there.
func feedback(text string) string {
	return formula(html.EscapeString(terminal.Limit(text, mostFeedback)))
}
