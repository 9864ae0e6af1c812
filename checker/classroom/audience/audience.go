// Package audience says who sees what of the records of a class. Every rendering gets what
// comes of it, so that no format has to think of it.
//
// What was handed out with an exercise is no secret: its files, and so its tests. Hidden are
// the contract and whatever other tests a solution brings. A student sees which calls of the
// exercise's API went wrong, and what they returned, as a learner does in the terminal, and
// not where or under which name that is written.
package audience

import (
	"slices"

	"racelab/checker/classroom/record"
	"racelab/checker/exercise"
	"racelab/checker/finding"
)

// Withheld reports whether the grades of a student are withheld.
func Withheld(b record.Book, student string) bool { return slices.Contains(b.Withheld, student) }

// Released is s without those who are withheld: not even their names are in it.
func Released(s record.Stream) record.Stream {
	b := s.Book
	s = s.Without(func(r record.Record) bool { return Withheld(b, r.Student) })
	s.Withheld = nil
	return s
}

// Student is what a student may see of their own records, s: no hidden test's name, no
// bookkeeping, and nothing of others.
func Student(s record.Stream, set exercise.Set) record.Stream {
	s.Roster, s.Withheld = "", nil
	return s.Map(func(r record.Record) record.Record {
		r.Key, r.Earlier = "", nil
		if r.Verdict != nil {
			v := newHandout(set, r.Exercise).verdict(*r.Verdict)
			r.Verdict = &v
		}
		return r
	})
}

// verdict is what of a verdict is the student's business. Why racelab could not tell may be
// about the teacher's machine, or for the teacher to look at.
func (h handout) verdict(v finding.Verdict) finding.Verdict {
	if v.Cause != finding.DoubtBudget && v.Cause != finding.DoubtUnreadable {
		v.Reason, v.Cause = "", ""
	}
	v.Feedback, v.Like = h.masked(v.Feedback), h.masked(v.Like)
	v.Findings = slices.Clone(v.Findings)
	for i, f := range v.Findings {
		v.Findings[i] = h.finding(f)
	}
	v.Runs = slices.Clone(v.Runs)
	for i := range v.Runs {
		v.Runs[i].Coverage = slices.DeleteFunc(slices.Clone(v.Runs[i].Coverage), func(c finding.Coverage) bool { return !h.hasTest(c.Test) })
	}
	return v
}
