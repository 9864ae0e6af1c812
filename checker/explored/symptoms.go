package explored

import (
	"context"
	"slices"
	"strings"

	"racelab/checker/detect/tsan"
	"racelab/checker/exercise"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/instrument"
	"racelab/checker/labrt/wire"
)

// Symptoms that package explore does not know, since they take a reference or a
// limit to tell.
const (
	tooLate      explore.SymptomKind = "too late"      // too long on the virtual clock
	otherOutcome explore.SymptomKind = "other outcome" // it observed something that the reference never does
)

// symptoms tells what is wrong with a schedule of a test, or of the scenario that is
// being looked at.
func (e *session) symptoms(test string, r explore.Ran) []explore.Symptom {
	if e.spec != nil {
		return e.scenarioSymptoms(*e.spec, r)
	}
	return e.testSymptoms(test, r)
}

func (e *session) testSymptoms(test string, r explore.Ran) []explore.Symptom {
	var all []explore.Symptom
	add := func(k explore.SymptomKind) { all = append(all, explore.Symptom{Kind: k}) }
	for _, s := range explore.Symptoms(r) {
		if s.Kind == explore.Race {
			all = append(all, e.races(r)...)
		} else {
			all = append(all, s)
		}
	}
	switch {
	case r.Ending.End == wire.TooLate && !r.Ending.Over:
		add(tooLate)
	case r.Ending.End == wire.TooLate:
		add(explore.Leak)
	}
	if e.Exercise.Outcome == exercise.OutcomeOne && e.differs(test, r) {
		add(otherOutcome)
	}
	return all
}

// differs reports whether a schedule in which the test passed observed something
// that the reference never does.
func (e *session) differs(test string, r explore.Ran) bool {
	passed := r.Answered() && r.Ending.Over && !r.Ending.Failed
	return e.Want != nil && passed && e.Want.Differs(test, r.Ending.Shown)
}

// races are the races that were reported. Each has an identity of its own.
func (e *session) races(r explore.Ran) []explore.Symptom {
	var all []explore.Symptom
	for _, f := range e.raceFindings(r) {
		if s := raceSymptom(f); !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return []explore.Symptom{{Kind: explore.Race}} // a report that cannot be read
	}
	return all
}

func raceSymptom(f finding.Finding) explore.Symptom {
	return explore.Symptom{Kind: explore.Race, Defect: f.Identity()}
}

func (e *session) raceFindings(r explore.Ran) []finding.Finding {
	reports, err := tsan.Parse(strings.NewReader(strings.Join(r.Races, "")))
	if err != nil {
		return nil
	}
	return tsan.Findings(reports, e.Program.Sources)
}

// named gives tests their own names back in what workers record and print.
type named struct{ explore.Runner }

// Receive is the Runner's.
func (n named) Receive(ctx context.Context) (explore.Ran, error) {
	r, err := n.Runner.Receive(ctx)
	undo := func(text string) string { return string(instrument.Undo([]byte(text))) }
	r.Stderr = undo(r.Stderr)
	for i := range r.Races {
		r.Races[i] = undo(r.Races[i])
	}
	undoStack(r.Ending.OutsideAt)
	for _, e := range r.Events {
		undoStack(e.Stack)
		if e.Explored != nil {
			undoStack(e.Explored.Stack)
			undoStack(e.Explored.Created)
			for _, h := range e.Explored.Holds {
				undoStack(h.Stack)
			}
		}
	}
	return r, err
}

func undoStack(stack []wire.CallFrame) {
	for i := range stack {
		stack[i].Function = string(instrument.Undo([]byte(stack[i].Function)))
	}
}
