package points

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"racelab/checker/classroom/roster"
	"racelab/checker/exercise"

	"github.com/pelletier/go-toml/v2"
)

// A file is a points file as it is written.
type file struct {
	pointsAndAll
	Late      *lateTable     `toml:"late"`
	Exercises map[string]one `toml:"exercises"` // by name, or a range: "01-10"
}

// pointsAndAll may be said of the class, and of exercises.
type pointsAndAll struct {
	Points       *int  `toml:"points"`
	AllOrNothing *bool `toml:"all-or-nothing"`
}

type one struct {
	pointsAndAll
	Lines map[string]int `toml:"lines"` // of the rubric, by name
}

type lateTable struct {
	PerDay   int `toml:"per-day"`
	Grace    any `toml:"grace"` // times, as they stand in rosters
	MostDays int `toml:"most-days"`
	CutOff   any `toml:"cut-off"`
	Marked   any `toml:"marked"`
}

// mostPoints is more than anybody gives.
const mostPoints = 1_000_000

// Read reads a points file for a set of exercises. An error names the line.
func Read(text []byte, set exercise.Set) (Policy, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	var f file
	if err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(&f); err != nil {
		return Policy{}, placed(err)
	}
	r := reader{file: f, at: linesOf(text), set: set, rules: map[string]rule{}}
	return r.policy()
}

// A reader makes a policy of what stands in a file.
type reader struct {
	file
	at    places
	set   exercise.Set
	rules map[string]rule
}

func (r reader) policy() (Policy, error) {
	if err := r.ofClass(); err != nil {
		return Policy{}, err
	}
	// What stands below counts, where two tables are about one exercise.
	names := slices.SortedFunc(maps.Keys(r.Exercises), func(a, b string) int {
		return r.at.line("exercises", a) - r.at.line("exercises", b)
	})
	for _, name := range names {
		if err := r.ofSome(name, r.Exercises[name]); err != nil {
			return Policy{}, err
		}
	}
	late, err := r.late()
	return Policy{rules: r.rules, late: late}, err
}

// ofClass is what is said of all exercises.
func (r reader) ofClass() error {
	if err := r.number(r.Points, mostPoints, "points"); err != nil {
		return err
	}
	for _, ex := range r.set {
		u := rule{points: r.Points}
		if r.AllOrNothing != nil {
			u.allOrNothing = *r.AllOrNothing
		}
		r.rules[ex.ID] = u
	}
	return nil
}

// ofSome is what is said of one exercise, or a range of them.
func (r reader) ofSome(name string, says one) error {
	some, near, ok := r.set.FindAll(name)
	if !ok {
		text := fmt.Sprintf("there is no exercise %q", name)
		if near != "" {
			text += fmt.Sprintf("; did you mean %s?", near)
		}
		return r.at.wrong(text, "exercises", name)
	}
	if err := r.number(says.Points, mostPoints, "exercises", name, "points"); err != nil {
		return err
	}
	for _, ex := range some {
		if err := r.lines(name, says.Lines, ex); err != nil {
			return err
		}
		u := r.rules[ex.ID]
		if says.Points != nil {
			u.points = says.Points
		}
		if says.AllOrNothing != nil {
			u.allOrNothing = *says.AllOrNothing
		}
		if says.Lines != nil {
			u.lines = says.Lines
		}
		r.rules[ex.ID] = u
	}
	return nil
}

// lines makes sure that weights are said of all lines of a rubric, and of no others.
func (r reader) lines(name string, weights map[string]int, ex exercise.Exercise) error {
	if weights == nil {
		return nil
	}
	var rubric []string
	for _, l := range ex.Rubric {
		rubric = append(rubric, l.Name)
	}
	all := 0
	for _, line := range slices.Sorted(maps.Keys(weights)) {
		path := []string{"exercises", name, "lines", line}
		weight := weights[line]
		if !slices.Contains(rubric, line) {
			return r.at.wrong(fmt.Sprintf("the rubric of %s has no line %q; it has %s", ex.ID, line, quoted(rubric)), path...)
		}
		if err := r.number(&weight, mostPoints, path...); err != nil {
			return err
		}
		all += weight
	}
	for _, line := range rubric {
		if _, ok := weights[line]; !ok {
			return r.at.wrong(fmt.Sprintf("the line %q of the rubric of %s is missing among these", line, ex.ID), "exercises", name, "lines")
		}
	}
	if all == 0 {
		return r.at.wrong("these lines weigh nothing together", "exercises", name, "lines")
	}
	return nil
}

// late is the table of this name.
func (r reader) late() (*late, error) {
	t := r.Late
	if t == nil {
		return nil, nil
	}
	if err := cmp.Or(r.number(&t.PerDay, 100, "late", "per-day"), r.number(&t.MostDays, mostPoints, "late", "most-days")); err != nil {
		return nil, err
	}
	l := &late{perDay: t.PerDay, mostDays: t.MostDays, marked: day}
	return l, cmp.Or(r.span(&l.grace, t.Grace, "grace"), r.span(&l.cutOff, t.CutOff, "cut-off"), r.span(&l.marked, t.Marked, "marked"))
}

// span reads a time of the table late, if it is there.
func (r reader) span(to *time.Duration, value any, key string) (err error) {
	if value == nil {
		return nil
	}
	if *to, err = roster.Span(fmt.Sprint(value)); err != nil {
		return r.at.wrong(fmt.Sprintf("%s is %v", key, err), "late", key)
	}
	return nil
}

// number makes sure that a number, if there is one, makes sense.
func (r reader) number(n *int, most int, path ...string) error {
	switch {
	case n == nil:
		return nil
	case *n < 0:
		return r.at.wrong(fmt.Sprintf("%s is %d, less than nothing", path[len(path)-1], *n), path...)
	case *n > most:
		return r.at.wrong(fmt.Sprintf("%s is %d; the most is %d", path[len(path)-1], *n, most), path...)
	}
	return nil
}

func quoted(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(out, ", ")
}
