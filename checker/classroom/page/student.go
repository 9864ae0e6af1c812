package page

import (
	"html/template"

	"racelab/checker/classroom/record"
	"racelab/checker/report/terminal"
	"racelab/checker/report/webpage"
)

// A studentPage is what the template of a student shows.
type studentPage struct {
	webpage.Frame
	Racelab  string
	ID, Name string
	Sum, Max int
	Entries  []shownEntry
}

// A shownEntry is an entry with its verdict.
type shownEntry struct {
	entry
	Mark, Class string
	Body        template.HTML // "" where there is no verdict
}

func newStudentPage(b record.Book, known Known) (studentPage, error) {
	p := studentPage{Frame: webpage.NewFrame("Your grades", studentJS), Racelab: terminal.Line(b.Racelab)}
	for _, r := range b.Records {
		p.ID, p.Name = terminal.Line(r.Student), terminal.Line(r.Name)
		e := shownEntry{entry: newEntry(r, known)}
		c := newCell(linkedEntry{entry: e.entry})
		e.Mark, e.Class = c.Text, c.Class
		if r.Verdict != nil && r.State == record.Graded {
			var err error
			if e.Body, err = webpage.Told(newTold(r, *r.Verdict, known)); err != nil {
				return p, err
			}
		}
		p.Sum, p.Max = p.Sum+r.Score, p.Max+r.MaxScore
		p.Entries = append(p.Entries, e)
	}
	return p, nil
}
