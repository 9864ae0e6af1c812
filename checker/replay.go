package checker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/policy"
	"racelab/checker/schedule"
	"racelab/checker/stage"
	"racelab/checker/submission"
)

// ErrSchedule means that a text is not a schedule of the exercise.
var ErrSchedule = errors.New("not a schedule of this exercise")

// ErrNotBuilt means that a submission cannot be replayed because it cannot be
// built, or breaks the rules of the exercise.
var ErrNotBuilt = errors.New("there is nothing to run")

// replays is how often a schedule is run, to see whether it does the same again.
const replays = 2

// Replay runs one schedule of sub again and returns its interleaving. The error
// says what to do when there is nothing to replay.
func Replay(ctx context.Context, ex exercise.Exercise, sub submission.Submission, text string, opts Options) (finding.Replay, error) {
	asked, err := schedule.Parse(text)
	if err != nil {
		return finding.Replay{}, fmt.Errorf("%w: %q: copy it whole from what racelab check prints", ErrSchedule, text)
	}
	c, err := newCheck(ctx, ex, sub, opts)
	if err != nil {
		return finding.Replay{}, err
	}
	if found := policy.Check(ex, sub); len(found) > 0 {
		return finding.Replay{}, fmt.Errorf("%w: %s", ErrNotBuilt, found[0].Message)
	}
	ws, err := stage.New(ex, sub, c.labDir)
	if err != nil {
		return finding.Replay{}, err
	}
	defer ws.Close()
	test := slices.Index(ws.Tests, asked.Test)
	if test < 0 {
		return finding.Replay{}, fmt.Errorf("%w: there is no test %s, only %s", ErrSchedule, asked.Test, strings.Join(ws.Tests, ", "))
	}
	binary, found, err := c.build(ctx, ws)
	if err != nil {
		return finding.Replay{}, err
	}
	if binary == "" {
		return finding.Replay{}, fmt.Errorf("%w: %s", ErrNotBuilt, found[0].Message)
	}
	want, _, err := c.reference(ctx)
	if err != nil {
		return finding.Replay{}, err
	}
	return c.replay(ctx, ws, binary, want, asked, test)
}

// errNoEnd is returned when what the schedule leads to cannot be shown.
var errNoEnd = errors.New("it does not come to its end")

func (c *check) replay(ctx context.Context, ws *stage.Workspace, binary string, want *reference, asked schedule.Schedule, test int) (finding.Replay, error) {
	out := finding.Replay{Exercise: c.exercise.ID, Test: asked.Test, Schedule: asked.String()}
	e, err := c.newExplorer(ws, binary, want)
	if err != nil {
		return out, err
	}
	defer e.children.Close()
	var ran explore.Ran
	hashes := map[uint64]bool{}
	for range replays {
		ran, err = explore.One(ctx, e.runner, wire.Job{Test: test, Policy: wire.Stay, Picks: asked.Picks, Detail: true})
		if err != nil {
			return out, err
		}
		for _, sign := range e.signs(asked.Test, ran) {
			if fault := e.faultOf(asked.Test, explore.Failure{Sign: sign, Found: ran, Reproduced: true}); fault != "" {
				return out, fmt.Errorf("%w: %s", errNoEnd, fault)
			}
		}
		hashes[schedule.Hash(ran.Trace)] = true
	}
	out.Undetermined = len(hashes) > 1
	if d, diverged := asked.Print.Diverges(ran.Trace); diverged && ran.Answered() {
		out.Diverged = &finding.Divergence{From: d.From, To: d.To}
	}
	out.Interleaving = e.interleaving(asked.Test, ran)
	for _, sign := range e.signs(asked.Test, ran) {
		out.Findings = append(out.Findings, e.bySign(asked.Test, explore.Failure{Sign: sign, Found: ran, Minimal: ran})...)
	}
	for i := range out.Findings {
		out.Findings[i].Evidence.Mode = string(wire.Explore)
		out.Findings[i].Evidence.Tests = []string{asked.Test}
		out.Findings[i].Evidence.Schedule = out.Schedule
	}
	out.Findings = fold(out.Findings)
	if len(out.Findings) > 0 {
		markLast(&out.Interleaving, out.Findings[0].Message)
	}
	c.anonymise(out.Findings, ws)
	finding.Sort(out.Findings)
	return out, nil
}
