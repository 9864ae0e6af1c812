package explored

import (
	"context"

	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"
)

// nearestRuns is how many schedules are run to find one that passes, at most: half as many
// as a check explores of the test.
const nearestRuns = schedulesPerTest / 2

// nearest is the interleaving of a schedule that differs from one that fails in one choice,
// and passes: of those that were run the one with the longest beginning in common with it.
// It is nil if none was found.
func (e *session) nearest(ctx context.Context, asked schedule.Schedule, failing explore.Ran) (*finding.Interleaving, error) {
	left := nearestRuns
	for picks := range explore.Neighbours(failing.Trace) {
		if left--; left < 0 {
			break
		}
		job := failing.Job
		job.Picks, job.Detail, job.Chooser = picks, true, wire.Stay
		ran, err := explore.One(ctx, e.runner, job)
		if err != nil || !ran.Answered() { // what does not answer takes long
			return nil, err
		}
		if ran.Ending.End == wire.AllEnded && len(e.symptoms(asked.Test, ran)) == 0 {
			in := e.interleaving(asked.Test, ran)
			return &in, nil
		}
	}
	return nil, nil
}
