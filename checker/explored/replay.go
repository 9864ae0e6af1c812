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

// Replay runs one schedule of a test again, and returns its interleaving, and who took each
// step of it.
func (x Explorer) Replay(ctx context.Context, asked schedule.Schedule) (finding.Replay, Path, error) {
	out := finding.Replay{Exercise: x.Exercise.ID, Test: asked.Test, Schedule: asked.String()}
	e := x.begin()
	defer e.workers.Close()
	job, err := e.job(asked)
	if err != nil {
		return out, nil, err
	}
	ran, determined, err := e.runAgain(ctx, asked.Test, job)
	if err != nil {
		return out, nil, err
	}
	out.Undetermined = !determined
	if d, diverged := asked.Print.Diverges(ran.Trace); diverged && ran.Answered() {
		out.Diverged = &finding.Divergence{From: d.From, To: d.To}
	}
	out.Interleaving = e.interleaving(asked.Test, ran)
	out.Findings = e.replayed(asked, ran)
	e.explain(&out.Interleaving, out.Findings, ran)
	if len(out.Findings) > 0 {
		markLast(&out.Interleaving, out.Findings[0].Fact)
	}
	// Where there is a race and no more, another order would only hide it.
	shows := slices.ContainsFunc(out.Findings, func(f finding.Finding) bool { return f.Kind != finding.DataRace })
	if x.Nearest && shows && ran.Answered() {
		out.Passes, err = e.nearest(ctx, asked, ran)
	}
	return out, pathOf(ran.Trace), err
}

// runAgain runs the schedule some times, and returns the last one and whether all
// did the same.
func (e *session) runAgain(ctx context.Context, test string, job wire.Job) (ran explore.Ran, determined bool, err error) {
	hashes := map[uint64]bool{}
	for range replays {
		ran, err = explore.One(ctx, e.runner, job)
		if err != nil {
			return ran, false, err
		}
		if tooLong(ran) {
			return ran, false, fmt.Errorf("%w: it has taken %d steps", ErrNoEnd, ran.Ending.Steps-1)
		}
		for _, symptom := range e.symptoms(test, ran) {
			if doubt := e.doubtOf(test, explore.Failure{Symptom: symptom, Found: ran, Reproduced: true}); doubt != (finding.Doubt{}) {
				return ran, false, fmt.Errorf("%w: %s", ErrNoEnd, doubt.Why)
			}
		}
		hashes[schedule.Hash(ran.Trace)] = true
	}
	return ran, len(hashes) == 1, nil
}

// job runs a schedule of a test, or of a scenario, which is looked at from now on.
func (e *session) job(asked schedule.Schedule) (wire.Job, error) {
	job := wire.Job{Chooser: wire.Stay, Luck: asked.Luck, Picks: asked.Picks, Detail: true}
	if e.spec = e.specOf(asked.Test); e.spec != nil {
		job.Scenario = e.spec.Scenario
		return job, nil
	}
	job.Test, job.Limit = slices.Index(e.Program.Tests, asked.Test), max(wire.DefaultLimit, 2*asked.Print.Steps)
	if job.Test < 0 {
		return job, fmt.Errorf("%w: there is no test %s, only %s", ErrSchedule, asked.Test, strings.Join(e.Program.Tests, ", "))
	}
	return job, nil
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
		e.showOrigin(of, ran)
		found = append(found, of...)
	}
	return evidence.Fold(found)
}
