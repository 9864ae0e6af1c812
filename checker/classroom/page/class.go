package page

import (
	"fmt"
	"html/template"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/classroom/record"
	"racelab/checker/report/terminal"
	"racelab/checker/report/webpage"
)

// mostBytes is about how large the verdicts on a page may be, all together. Those that do
// not fit have their first drawing packed; when there is no room for that either, none.
const mostBytes = 16 << 20

// A classPage is what the template of a class shows.
type classPage struct {
	webpage.Frame
	Racelab  string
	Columns  []column
	Rows     []classRow
	Sum, Max int
	Mistakes []exerciseMistakes
	Verdicts iter.Seq[verdictBlock]
}

// A column is an exercise.
type column struct {
	Number, Title string
	Passed        int
}

// A classRow is a student.
type classRow struct {
	Number   int
	ID, Name string
	Withheld bool
	Cells    []cell
	Sum, Max int
	Entries  []linkedEntry // those of which there is more to say
}

// A cell is a square of the map.
type cell struct {
	Class string // for the style: the status, and how much of the points there is
	Text  string
	Says  string // what it means
	Link  string // where there is more to say
}

// A linkedEntry is an entry, and where the page has its verdict.
type linkedEntry struct {
	entry
	Anchor  string
	Verdict string
}

// A verdictBlock is what several records may have: the same words.
type verdictBlock struct {
	Anchor string
	Body   template.HTML
}

// An exerciseMistakes is what goes wrong in an exercise.
type exerciseMistakes struct {
	Title           string
	Failing, Graded int
	Rows            []mistakeRow
}

// A classBuilder makes a page of records, one after the other.
type classBuilder struct {
	classPage
	known     Known
	withheld  []string
	student   string         // of the last row, as the records have it
	at        map[string]int // the column of each exercise
	exercises []string
	failing   [][]failure
	who       [][]person // who handed them in
	graded    []int
	verdicts  *library
	traits    map[string]traits // by their text: those of many are the same
	place     int               // of the next record
}

// newClassPage has all but the verdicts.
func newClassPage(s record.Stream, known Known) (*classBuilder, error) {
	p := &classBuilder{known: known, withheld: s.Withheld, traits: map[string]traits{}, classPage: classPage{Frame: webpage.NewFrame("Grades of a class", classJS), Racelab: terminal.Line(s.Racelab)}}
	p.columns(s.Book)
	var err error
	if p.verdicts, err = newLibrary(known); err != nil {
		return nil, err
	}
	for r, err := range s.Whole {
		if err == nil {
			err = p.add(r)
		}
		if err != nil {
			return nil, err
		}
	}
	for i, c := range p.Columns {
		if len(p.failing[i]) > 0 {
			p.Mistakes = append(p.Mistakes, p.mistakes(i, c))
		}
	}
	p.verdicts.fit(mostBytes)
	return p, nil
}

// columns puts the exercises in order.
func (p *classBuilder) columns(b record.Book) {
	p.at = map[string]int{}
	for _, r := range b.Records {
		p.at[r.Exercise] = 0
	}
	p.exercises = slices.Sorted(maps.Keys(p.at))
	for i, id := range p.exercises {
		p.at[id] = i
		number, _, _ := strings.Cut(id, "-")
		p.Columns = append(p.Columns, column{Number: terminal.Line(number), Title: terminal.Line(p.known.title(id))})
	}
	n := len(p.Columns)
	p.failing, p.who, p.graded = make([][]failure, n), make([][]person, n), make([]int, n)
}

func (p *classBuilder) add(r record.Record) error {
	row, i := p.row(r), p.at[r.Exercise]
	e := linkedEntry{entry: newEntry(r, p.known)}
	switch {
	case e.Status == passes:
		p.Columns[i].Passed++
		p.graded[i]++
	case r.State == record.Graded:
		p.graded[i]++
	}
	if e.remarkable() {
		e.Anchor = fmt.Sprintf("r%d-%d", row.Number, i)
		if r.Verdict != nil && e.Status != passes {
			var err error
			if e.Verdict, err = p.verdicts.add(r, p.place); err != nil {
				return err
			}
		}
		row.Entries = append(row.Entries, e)
	}
	if e.Status == fails {
		p.failing[i] = append(p.failing[i], p.failure(r))
		p.who[i] = append(p.who[i], person{row.ID, e.Anchor})
	}
	row.Cells[i] = newCell(e)
	row.Sum, row.Max = row.Sum+r.Score, row.Max+r.MaxScore
	p.Sum, p.Max = p.Sum+r.Score, p.Max+r.MaxScore
	p.place++
	return nil
}

func (p *classBuilder) failure(r record.Record) failure {
	f := failureOf(*r.Verdict)
	text := f.traits.text()
	if same, ok := p.traits[text]; ok {
		f.traits = same
	}
	p.traits[text] = f.traits
	return f
}

// row is that of the student of a record: the records of one follow each other.
func (p *classBuilder) row(r record.Record) *classRow {
	if n := len(p.Rows); n == 0 || p.student != r.Student {
		p.student = r.Student
		p.Rows = append(p.Rows, classRow{
			Number: n, ID: terminal.Line(r.Student), Name: terminal.Line(r.Name),
			Withheld: slices.Contains(p.withheld, r.Student), Cells: make([]cell, len(p.Columns)),
		})
	}
	return &p.Rows[len(p.Rows)-1]
}

func (p *classBuilder) mistakes(i int, c column) exerciseMistakes {
	known := p.known.Exercises[p.exercises[i]].Mistakes
	m := exerciseMistakes{Title: c.Title, Failing: len(p.failing[i]), Graded: p.graded[i]}
	for _, g := range groupsOf(p.failing[i], known) {
		m.Rows = append(m.Rows, newMistakeRow(g, p.failing[i], known, p.who[i]))
	}
	return m
}

// shades is how many colours there are for those who do not pass, by their points.
const shades = 4

func newCell(e linkedEntry) cell {
	c := cell{Class: string(e.Status), Says: e.Says, Link: e.Anchor}
	switch e.Status {
	case passes:
		c.Text = passMark + strconv.Itoa(e.Score)
	case fails:
		c.Text = strconv.Itoa(e.Score)
		c.Class += fmt.Sprintf(" s%d", min(shades-1, max(0, shades*e.Score/max(1, e.Max))))
	case unclear:
		c.Text = unclearMark
	case missing:
		c.Text = missingMark
	default:
		c.Text = untouchedMark
	}
	if e.Status == passes || e.Status == fails {
		c.Says = fmt.Sprintf("%d of %d, %s", e.Score, e.Max, e.Says)
	}
	if e.Late {
		c.Class, c.Says = c.Class+" late", c.Says+", late"
	}
	if len(e.Earlier) > 0 {
		c.Class, c.Says = c.Class+" again", c.Says+", had another score before"
	}
	return c
}
