package checker

import (
	"context"
	"errors"
	"fmt"

	"racelab/checker/evidence"
	"racelab/checker/explored"
	"racelab/checker/finding"
	"racelab/checker/policy"
	"racelab/checker/schedule"
	"racelab/checker/source"
	"racelab/checker/stage"
)

// ErrSchedule means that a text is not a schedule of the exercise.
var ErrSchedule = explored.ErrSchedule

// ErrNotBuilt means that a submission cannot be replayed because it cannot be
// built, or breaks the rules of the exercise.
var ErrNotBuilt = errors.New("there is nothing to run")

// Replay runs one schedule of a submission again and returns its interleaving, with the
// accesses that race as steps of it if t.Trace is set. The error says what to do when there
// is nothing to replay.
func (g *Grader) Replay(ctx context.Context, t Task, text string) (finding.Replay, error) {
	asked, err := schedule.Parse(text)
	if err != nil {
		return finding.Replay{}, fmt.Errorf("%w: %q: copy it whole from what racelab check prints", ErrSchedule, text)
	}
	parsed, err := stage.Parse(t.Exercise, t.Submission)
	if err != nil {
		return finding.Replay{}, err
	}
	if found := policy.Check(t.Exercise, t.Submission, parsed); len(found) > 0 {
		return finding.Replay{}, notBuilt(found)
	}
	c := g.check(t)
	ws, err := stage.New(c.Exercise, parsed, g.runtime)
	if err != nil {
		return finding.Replay{}, err
	}
	defer ws.Close()
	ws.Racing = asked.Racing
	built, found, err := c.builder().Build(ctx, ws, c.Submission)
	if err != nil {
		return finding.Replay{}, g.named(err)
	}
	if built == nil {
		return finding.Replay{}, notBuilt(found)
	}
	want, _, err := c.reference(ctx)
	if err != nil {
		return finding.Replay{}, err
	}
	built.Reported = t.Trace
	r, path, err := c.explorer(built, want).Replay(ctx, asked)
	if err == nil && t.Trace {
		c.showAccesses(ctx, parsed, want, asked, path, &r)
	}
	c.anonymise(r.Findings, ws)
	finding.Sort(r.Findings)
	evidence.Problems(r.Findings, t.Exercise.Files)
	return r, err
}

// showAccesses shows the accesses of the data races of a schedule as steps: the schedule is
// run once more in a program in which they are. Where that is not possible, they stay
// between the steps.
func (c check) showAccesses(ctx context.Context, parsed *source.Package, want *evidence.Reference, asked schedule.Schedule, path explored.Path, r *finding.Replay) {
	if len(asked.Racing) > 0 || r.Diverged != nil || r.Undetermined {
		return
	}
	second, err := c.racing(ctx, parsed, r.Findings)
	if err != nil {
		return
	}
	defer second.close()
	if in, ok := second.accesses(ctx, want, asked, path); ok {
		r.Interleaving = in
	}
}

func notBuilt(found []finding.Finding) error {
	return &finding.DefectError{Why: ErrNotBuilt, Finding: found[0]}
}
