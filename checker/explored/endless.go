package explored

import (
	"context"

	"racelab/checker/contract"
	"racelab/checker/evidence"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// cutShort reports whether nothing is known of a test: no schedule came to an end.
func cutShort(c explore.Coverage) bool { return c.Over > 0 && c.Ended == 0 }

// longScenarios runs each scenario once more, with as many steps as a test may take, up to
// the first that fails or until two have had them all.
func (e *session) longScenarios(ctx context.Context, out *evidence.Shown, specs []contract.Spec) error {
	left := 2 * stepsPerTest
	for _, spec := range specs {
		if len(out.Findings) > 0 || left <= 0 {
			break
		}
		task := e.task(spec, 0)
		task.Test.Limit, task.Options.Budget.Schedules, task.Options.Minimise = stepsPerTest, 1, justReplay
		outcomes, err := explore.UntilFailure(ctx, e.runner, []explore.Task{task})
		if err != nil {
			return err
		}
		found := outcomes[0]
		left -= max(found.Coverage.Longest, found.Coverage.Over)
		e.addScenario(out, spec, found)
		if found.Coverage.Ended > 0 {
			out.Run.ScenariosCut--
		}
	}
	return nil
}

// mostlyUnknown says why nothing can be said of a program that takes so many steps that most
// scenarios were cut short. With some others it is told, beside the verdict.
func mostlyUnknown(run finding.Run) finding.Doubt {
	if run.ScenariosCut <= run.Scenarios/2 {
		return finding.Doubt{}
	}
	return finding.Doubtf(finding.DoubtBudget, "of %d scenarios nothing is known of %d: the program takes too many steps in them", run.Scenarios, run.ScenariosCut)
}

// A schedule goes round in circles when it ends with so many steps on no more than so many
// objects. What has much to do has it with many, or comes to an end.
const (
	circleSteps   = 100_000
	circleObjects = 8
)

// circles reports whether a schedule that was cut short goes round in circles.
func circles(r explore.Ran) bool {
	steps := r.Trace.Steps
	if len(steps) < circleSteps {
		return false
	}
	objects := map[int]bool{}
	for _, s := range steps[len(steps)-circleSteps:] {
		for _, p := range s.Enabled {
			if p.G == s.G {
				for _, o := range p.Objects {
					objects[o] = true
				}
			}
		}
	}
	return len(objects) <= circleObjects
}

// tooLong reports whether a schedule was cut short.
func tooLong(r explore.Ran) bool {
	return r.Ending.End == wire.TooLong || r.Ending.End == wire.TooMuch
}
