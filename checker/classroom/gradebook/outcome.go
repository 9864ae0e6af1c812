package gradebook

import (
	"cmp"
	"fmt"
	"strings"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
)

// An outcome is a record as other programs have it: one test, which passes, fails, or could
// not be run.
type outcome struct {
	record.Record
	Status status
	// Message says in one line what is wrong, and Output all of it, a line for each problem.
	// Neither has in it what takes control of a terminal, or what a database refuses.
	Message, Output string
	// Why is the end of Output: why there are not all points, a line for each reason.
	Why string
}

type status string

const (
	passes  status = "pass"
	fails   status = "fail"
	unclear status = "error"
)

const (
	// longMessage is how long a message may be, in runes.
	longMessage = 500
	// longProblem is how much is told of one problem, in runes.
	longProblem = 5000
)

// outcomes are those of records, in words that can be shown.
func outcomes(records []record.Record) []outcome {
	all := make([]outcome, len(records))
	for i, r := range records {
		all[i] = newOutcome(r)
	}
	return all
}

// newOutcome is that of a record, in words that can be shown.
func newOutcome(r record.Record) outcome {
	o := rawOutcome(r)
	o.Exercise = terminal.Line(o.Exercise)
	o.Message = terminal.Limit(terminal.Line(o.Message), longMessage)
	o.Output, o.Why = terminal.Clean(o.Output), terminal.Clean(o.Why)
	return o
}

// rawOutcome is that of a record, in words that may hold anything.
func rawOutcome(r record.Record) outcome {
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
	case r.Verdict != nil:
		o.Output = problems(*r.Verdict)
		o.Message, _, _ = strings.Cut(o.Output, "\n")
	}
	if o.Why = reasons(r); o.Why != "" {
		o.Output = strings.TrimPrefix(cmp.Or(o.Output, o.Message)+"\n"+o.Why, "\n")
	}
	return o
}

// mostProblems is how many problems of one submission are told one by one.
const mostProblems = 20

// reasons are why there are not all points, a line for each: the lines of the rubric that
// lost some, and what was taken off.
func reasons(r record.Record) string {
	var lines []string
	if r.Verdict != nil && !r.Inconclusive() {
		for _, p := range r.Verdict.Points {
			if p.Points < p.Max {
				lines = append(lines, fmt.Sprintf("%d of %s: %s", p.Points, report.Count(p.Max, "point"), p.Name))
			}
		}
	}
	for _, d := range r.Deductions {
		lines = append(lines, deduction(d))
	}
	return strings.Join(lines, "\n")
}

func deduction(d record.Deduction) string {
	return fmt.Sprintf("%s less: %s", report.Count(d.Points, "point"), d.Reason)
}

// withDeductions is the message, and what was taken off, on one line.
func withDeductions(o outcome) string {
	text := o.Message
	for _, d := range o.Deductions {
		text += "; " + deduction(d)
	}
	return text
}

// problems are what decides a verdict, a line for each.
func problems(v finding.Verdict) string {
	var lines []string
	errors := v.Errors()
	for _, f := range errors[:min(mostProblems, len(errors))] {
		lines = append(lines, problem(f))
	}
	if more := len(errors) - len(lines) + v.LeftOut; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more findings", more))
	}
	return strings.Join(lines, "\n")
}

// problem says what is wrong, and where.
func problem(f finding.Finding) string {
	return report.Placed(f, terminal.Limit(report.Message(f), longProblem))
}

// words is the message, or what there is to say beside it.
func words(o outcome) string {
	if o.Output != "" {
		return o.Output
	}
	return o.Message
}

// sumOf is how many points all have together, and can have. What the machine has spoiled is
// not counted: it costs nobody a point. What a submission brings about itself, such as to take
// more time than any check may, is: else who cannot solve an exercise could take it away.
func sumOf(all []outcome) (score, most int) {
	for _, o := range all {
		if !o.WorthAgain() {
			score, most = score+o.Score, most+o.MaxScore
		}
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
