// Package rubric turns findings into a verdict and a score.
//
// A pass means: every execution ended by itself with status 0, its record is complete
// and genuine, the race log is empty, no limit was reached, no goroutine was left,
// and the tests observed only what they observe of the reference. The same is true of
// every interleaving that was explored; the coverage of the run in mode "explore"
// says how many those are. For what a pass does not prove see package explore, and
// racelab explain explore.
package rubric

import (
	"slices"

	"racelab/checker/evidence"
	"racelab/checker/exercise"
	"racelab/checker/finding"
)

// Evidence is all that was learned about a submission.
type Evidence struct {
	Findings []finding.Finding
	Runs     []finding.Run
	// Ended is set when at least one execution came to its end. Without one, a
	// missing finding proves nothing.
	Ended bool
	// Doubt says why racelab could not reach a verdict, if so. Errors that
	// were found count all the same.
	Doubt finding.Doubt
}

// Judge decides the verdict. It sets severities, sorts the findings and adds up the
// points; the caller fills in times and the name of the machine.
func Judge(ex exercise.Exercise, e Evidence) finding.Verdict {
	v := finding.Verdict{
		Exercise: ex.ID, MaxScore: ex.MaxScore(), Runs: e.Runs,
		Findings: grade(ex, e.Findings),
	}
	finding.Sort(v.Findings)
	evidence.Problems(v.Findings, ex.Files)
	errors := v.Errors()
	switch {
	case len(errors) > 0:
		v.Outcome = finding.Fail
	case e.Doubt != finding.Doubt{}:
		v.Outcome, v.Reason, v.Cause = finding.Inconclusive, e.Doubt.Why, e.Doubt.Kind
	case !e.Ended:
		v.Outcome, v.Reason, v.Cause = finding.Inconclusive, "no execution came to its end, and nothing says why", finding.DoubtMachine
	default:
		v.Outcome = finding.Pass
	}
	certain := WithoutLuck(errors)
	v.Points = points(ex, v.Outcome == finding.Inconclusive || !e.Ended && !slices.ContainsFunc(certain, wasExplored), certain)
	for _, p := range v.Points {
		v.Score += p.Points
	}
	return v
}

// Unclear is the verdict that says no more than why there is none.
func Unclear(ex exercise.Exercise, why finding.Doubt) finding.Verdict {
	return Judge(ex, Evidence{Doubt: why})
}

// grade sets each finding's severity. A potential defect is an error only where
// the exercise is about it, or where it was seen to happen:
//
//   - a lock order is potential: a gate lock may make it harmless;
//   - a recursive lock is potential: another goroutine may unlock, and a second read
//     lock hangs only if a writer calls Lock in between;
//   - vet's analyzers judge the code, not an execution.
func grade(ex exercise.Exercise, findings []finding.Finding) []finding.Finding {
	expected := func(k finding.Kind) bool {
		return slices.ContainsFunc(ex.Expect, func(e exercise.Expect) bool { return e.Kind == k })
	}
	stuck := slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Kind == finding.Deadlock })
	out := slices.Clone(findings)
	for i, f := range out {
		switch f.Kind {
		case finding.LockOrder, finding.RecursiveLock:
			if !expected(f.Kind) && !stuck {
				out[i].Severity = finding.Warning
			}
		case finding.Vet:
			if !expected(f.Kind) {
				out[i].Severity = finding.Warning
			}
		}
	}
	return out
}

// WithoutLuck leaves out what costs no points: what native runs alone have seen where
// exploring, which would do the same again, has seen something. Native runs see it or
// not as luck has it, and the same submission is worth the same every time.
func WithoutLuck(errors []finding.Finding) []finding.Finding {
	if !slices.ContainsFunc(errors, wasExplored) {
		return errors
	}
	return slices.DeleteFunc(slices.Clone(errors), func(f finding.Finding) bool {
		return f.Evidence.Mode == finding.RaceMode && !wasExplored(f)
	})
}

func wasExplored(f finding.Finding) bool {
	return f.Evidence.Mode == finding.ExploreMode || f.Evidence.Schedule != ""
}

// putsOnAShow reports whether f, which comes of a program that does all right where
// racelab is in it, is mostly there where it is not: nothing that was seen of the program
// says then what it is worth.
func putsOnAShow(f finding.Finding) bool {
	return f.Evidence.Mode == finding.WrittenMode && 2*f.Evidence.Seen >= f.Evidence.Runs
}

// points gives the points of each rubric line unless an error is of one of its kinds.
// There are none at all if the program did not build or broke a policy, if no
// execution ended and exploring has seen nothing either, if an error is on no line, if
// the program is another one where racelab looks, or if the verdict is inconclusive.
func points(ex exercise.Exercise, nothing bool, errors []finding.Finding) []finding.Points {
	for _, f := range errors {
		onNoLine := !slices.ContainsFunc(ex.Rubric, func(l exercise.Line) bool { return slices.Contains(l.Kinds, f.Kind) })
		if f.Kind == finding.Build || f.Kind == finding.Policy || onNoLine || putsOnAShow(f) {
			nothing = true
		}
	}
	var out []finding.Points
	for _, line := range ex.Rubric {
		p := finding.Points{Name: line.Name, Max: line.Points, Points: line.Points}
		if nothing || slices.ContainsFunc(errors, func(f finding.Finding) bool { return slices.Contains(line.Kinds, f.Kind) }) {
			p.Points = 0
		}
		out = append(out, p)
	}
	return out
}
