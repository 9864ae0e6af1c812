package gradebook

import (
	"fmt"
	"strings"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
	"racelab/checker/report"
)

// An outcome is a record as other programs have it: one test, which passes, fails, or could
// not be run.
type outcome struct {
	record.Record
	Status status
	// Message says in one line what is wrong, and Output all of it, a line for each problem.
	Message, Output string
}

type status string

const (
	passes  status = "pass"
	fails   status = "fail"
	unclear status = "error"
)

func newOutcome(r record.Record) outcome {
	o := outcome{Record: r, Status: fails}
	switch {
	case r.State == record.Missing:
		o.Message = "nothing was handed in"
	case r.State == record.Untouched:
		o.Message = "the program is as it was handed out"
	case r.Inconclusive():
		o.Status, o.Message = unclear, "racelab could not tell"
		if r.Verdict != nil && r.Verdict.Reason != "" {
			o.Message += ": " + r.Verdict.Reason
		}
	case r.Passed():
		o.Status, o.Message = passes, "passes"
	default:
		o.Output = problems(*r.Verdict)
		o.Message, _, _ = strings.Cut(o.Output, "\n")
	}
	return o
}

func outcomes(b record.Book) []outcome {
	all := make([]outcome, len(b.Records))
	for i, r := range b.Records {
		all[i] = newOutcome(r)
	}
	return all
}

// problems are what decides a verdict, a line for each.
func problems(v finding.Verdict) string {
	var lines []string
	for _, f := range v.Errors() {
		lines = append(lines, problem(f))
	}
	return strings.Join(lines, "\n")
}

// problem says what is wrong, and where.
func problem(f finding.Finding) string {
	text := fmt.Sprintf("%s (%s)", report.Message(f), f.Kind)
	if f.Location.File != "" && f.Location.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", f.Location.File, f.Location.Line, text)
	}
	return text
}

// sumOf is how many points all have together, and can have.
func sumOf(all []outcome) (score, most int) {
	for _, o := range all {
		score, most = score+o.Score, most+o.MaxScore
	}
	return score, most
}

// overall is the status of all together: what could not be told may have passed.
func overall(all []outcome) status {
	is := passes
	for _, o := range all {
		switch {
		case o.Status == unclear:
			return unclear
		case o.Status == fails:
			is = fails
		}
	}
	return is
}
