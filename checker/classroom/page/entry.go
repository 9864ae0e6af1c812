package page

import (
	"fmt"

	"racelab/checker/classroom/record"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
)

// A status is what became of one exercise of one student. Filters go by it.
type status string

// The statuses, as the page's script and style know them.
const (
	passes    status = "pass"
	fails     status = "fail"
	unclear   status = "unclear"
	missing   status = "missing"
	untouched status = "untouched"
)

// Marks of what has no points. They are those of the table of `racelab report`.
const (
	passMark      = "✓"
	missingMark   = "–"
	untouchedMark = "·"
	unclearMark   = "?"
)

func statusOf(r record.Record) status {
	switch {
	case r.State == record.Missing:
		return missing
	case r.State == record.Untouched:
		return untouched
	case r.Inconclusive():
		return unclear
	case r.Passed():
		return passes
	}
	return fails
}

// says puts a status into words.
func (s status) says() string {
	switch s {
	case passes:
		return "passes"
	case fails:
		return "does not pass yet"
	case unclear:
		return "racelab could not tell"
	case missing:
		return "nothing was handed in"
	}
	return "the program is as it was handed out"
}

// An entry is a record as pages show it.
type entry struct {
	Exercise, Title string
	Status          status
	Says            string
	Score, Max      int
	Late            bool
	Less            []string // what was taken off, and why
	Notes           []string
	Earlier         []string
}

func newEntry(r record.Record, known Known) entry {
	s := statusOf(r)
	e := entry{
		Exercise: terminal.Line(r.Exercise), Title: terminal.Line(known.title(r.Exercise)),
		Status: s, Says: s.says(), Score: r.Score, Max: r.MaxScore, Late: r.Late || r.LateMinutes != nil && *r.LateMinutes > 0, Earlier: earlier(r),
	}
	if s == unclear && r.Verdict != nil && r.Verdict.Cause != "" {
		e.Says += " (" + terminal.Line(string(r.Verdict.Cause)) + ")"
	}
	for _, d := range r.Deductions {
		e.Less = append(e.Less, terminal.Line(report.Count(d.Points, "point")+" less: "+d.Reason))
	}
	for _, n := range r.Notes {
		e.Notes = append(e.Notes, terminal.Line(n.String()))
	}
	return e
}

// earlier says which scores there were before, and why there is another one.
func earlier(r record.Record) (all []string) {
	for i, e := range r.Earlier {
		next := r.Submission
		if i+1 < len(r.Earlier) {
			next = r.Earlier[i+1].Submission
		}
		why := "racelab, or the exercise, has changed"
		switch {
		case e.Reason != "":
			why = "graded again: " + e.Reason
		case e.Submission != next:
			why = "something else was handed in"
		}
		all = append(all, terminal.Line(fmt.Sprintf("%d of %d points before; %s", e.Score, e.MaxScore, why)))
	}
	return all
}

// remarkable reports whether there is more to say of an entry than its mark does.
func (e entry) remarkable() bool {
	return e.Status == fails || e.Status == unclear || e.Late || len(e.Less) > 0 || len(e.Earlier) > 0
}
