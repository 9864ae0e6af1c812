package explored

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/evidence"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"
)

// replays is how often a schedule is run, to see whether it does the same again.
const replays = 3

// ErrSchedule means that a text is not a schedule of the exercise.
var ErrSchedule = errors.New("not a schedule of this exercise")

// ErrNoEnd is returned when what the schedule leads to cannot be shown.
var ErrNoEnd = errors.New("it does not come to its end")

// Replay runs one schedule of a test again, and returns its interleaving.
func (x Explorer) Replay(ctx context.Context, asked schedule.Schedule) (finding.Replay, error) {
	out := finding.Replay{Exercise: x.Exercise.ID, Test: asked.Test, Schedule: asked.String()}
	test, spec := slices.Index(x.Program.Tests, asked.Test), x.specOf(asked.Test)
	if test < 0 && spec == nil {
		return out, fmt.Errorf("%w: there is no test %s, only %s", ErrSchedule, asked.Test, strings.Join(x.Program.Tests, ", "))
	}
	e := x.begin()
	defer e.workers.Close()
	if spec != nil {
		test, e.spec = 0, spec
	}
	ran, determined, err := e.runAgain(ctx, asked, test)
	if err != nil {
		return out, err
	}
	out.Undetermined = !determined
	if d, diverged := asked.Print.Diverges(ran.Trace); diverged && ran.Answered() {
		out.Diverged = &finding.Divergence{From: d.From, To: d.To}
	}
	out.Interleaving = e.interleaving(asked.Test, ran)
	out.Findings = e.replayed(asked, ran)
	if len(out.Findings) > 0 {
		markLast(&out.Interleaving, out.Findings[0].Fact)
	}
	return out, nil
}

// runAgain runs the schedule some times, and returns the last one and whether all
// did the same.
func (e *session) runAgain(ctx context.Context, asked schedule.Schedule, test int) (ran explore.Ran, determined bool, err error) {
	hashes := map[uint64]bool{}
	for range replays {
		job := wire.Job{Test: test, Chooser: wire.Stay, Luck: asked.Luck, Picks: asked.Picks, Detail: true}
		if e.spec != nil {
			job.Scenario = e.spec.Scenario
		} else {
			job.Limit = max(wire.DefaultLimit, 2*asked.Print.Steps)
		}
		ran, err = explore.One(ctx, e.runner, job)
		if err != nil {
			return ran, false, err
		}
		if tooLong(ran) {
			return ran, false, fmt.Errorf("%w: it has taken %d steps", ErrNoEnd, ran.Ending.Steps-1)
		}
		for _, symptom := range e.symptoms(asked.Test, ran) {
			if fault := e.faultOf(asked.Test, explore.Failure{Symptom: symptom, Found: ran, Reproduced: true}); fault != "" {
				return ran, false, fmt.Errorf("%w: %s", ErrNoEnd, fault)
			}
		}
		hashes[schedule.Hash(ran.Trace)] = true
	}
	return ran, len(hashes) == 1, nil
}

// replayed is what the schedule shows.
func (e *session) replayed(asked schedule.Schedule, ran explore.Ran) []finding.Finding {
	var found []finding.Finding
	for _, symptom := range e.symptoms(asked.Test, ran) {
		failure := explore.Failure{Symptom: symptom, Found: ran, Minimal: ran}
		of := e.ofSymptom(asked.Test, failure)
		for i := range of {
			of[i].Evidence.Mode = finding.ExploreMode
			nameTest(&of[i], asked.Test)
			of[i].Evidence.Schedule = asked.String()
		}
		e.showScenario(of, failure)
		found = append(found, of...)
	}
	return evidence.Fold(found)
}
