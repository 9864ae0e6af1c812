// Package checker grades one submission of one exercise.
//
// Check is the whole pipeline on one page; every step is a package of its own
// beneath this one. Data goes one way: submission, workspace, executions,
// findings, verdict. Replay runs one interleaving again. What a pass does not prove:
// see the package doc of rubric.
package checker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/gotool"
	"racelab/checker/instrument"
	"racelab/checker/policy"
	"racelab/checker/rubric"
	"racelab/checker/stage"
	"racelab/checker/submission"

	"golang.org/x/sync/errgroup"
)

// Options are the circumstances of a check. The zero value is what a learner gets.
type Options struct {
	// Cache is where racelab keeps what it can always make again: the staged
	// run-time and what the reference solutions showed. Empty means a folder
	// of its own in os.UserCacheDir.
	Cache string
	// Progress is told, in a few words, what takes long just now. May be nil;
	// may be called from any goroutine.
	Progress func(string)
	// Trace asks for the interleavings of findings that have a schedule.
	Trace bool
}

// Check grades sub. A defect of the submission is a finding in the verdict; an
// error means that racelab could not do its job, and says what to do about it.
func Check(ctx context.Context, ex exercise.Exercise, sub submission.Submission, opts Options) (finding.Verdict, error) {
	start := time.Now()
	c, err := newCheck(ctx, ex, sub, opts)
	if err != nil {
		return finding.Verdict{}, err
	}
	evidence, err := c.gather(ctx)
	if err != nil {
		return finding.Verdict{}, err
	}
	v := rubric.Judge(ex, evidence)
	if known, ok := ex.Recognise(sub.Files[ex.Files[0]]); ok && v.Outcome == finding.Fail {
		v.Feedback = known.Feedback
	}
	v.Toolchain = c.toolchain.String()
	v.DurationMS = time.Since(start).Milliseconds()
	return v, nil
}

// gather takes the submission as far as it gets.
func (c *check) gather(ctx context.Context) (rubric.Evidence, error) {
	if findings := policy.Check(c.exercise, c.submission); len(findings) > 0 {
		return rubric.Evidence{Findings: findings}, nil
	}
	ws, err := stage.New(c.exercise, c.submission, c.labDir)
	if err != nil {
		return rubric.Evidence{}, err
	}
	defer ws.Close()
	binary, static, err := c.build(ctx, ws)
	if err != nil || binary == "" {
		return rubric.Evidence{Findings: static}, err
	}
	want, fault, err := c.reference(ctx)
	if err != nil {
		return rubric.Evidence{}, err
	}
	race, lock, explored, err := c.execute(ctx, ws, binary, want)
	if err != nil {
		return rubric.Evidence{}, err
	}
	findings := fold(slices.Concat(static, race.findings, lock.findings, c.differences(want, race), explored.findings))
	c.anonymise(findings, ws)
	return rubric.Evidence{
		Findings: findings,
		Runs:     []finding.Run{race.run, lock.run, explored.run},
		Ended:    race.ended,
		Fault:    cmp.Or(race.fault, lock.fault, fault, explored.fault),
	}, nil
}

// execute runs the binary in all modes: natively in one process after the other,
// and meanwhile exploring.
func (c *check) execute(ctx context.Context, ws *stage.Workspace, binary string, want *reference) (race, lock outcome, explored exploration, err error) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		if race, err = c.runRace(ctx, ws, binary); err != nil {
			return err
		}
		lock, err = c.runLock(ctx, ws, binary)
		return err
	})
	g.Go(func() (err error) { explored, err = c.explore(ctx, ws, binary, want); return err })
	return race, lock, explored, g.Wait()
}

// check is one call of Check.
type check struct {
	exercise   exercise.Exercise
	submission submission.Submission
	toolchain  gotool.Toolchain
	cache      string
	labDir     string
	progress   func(string)
	trace      bool
}

func newCheck(ctx context.Context, ex exercise.Exercise, sub submission.Submission, opts Options) (*check, error) {
	c := &check{exercise: ex, submission: sub, cache: opts.Cache, progress: opts.Progress, trace: opts.Trace}
	if c.progress == nil {
		c.progress = func(string) {}
	}
	var err error
	if c.cache == "" {
		if c.cache, err = CacheDir(); err != nil {
			return nil, err
		}
	}
	if c.toolchain, err = gotool.FindToolchain(ctx); err != nil {
		return nil, err
	}
	if err := c.toolchain.Usable(); err != nil {
		return nil, err
	}
	if c.labDir, err = stage.PrepareRuntime(c.cache); err != nil {
		return nil, fmt.Errorf("write racelab's run-time: %w", err)
	}
	return c, nil
}

// CacheDir is the default of Options.Cache.
func CacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find a place for racelab's cache: %w", err)
	}
	return filepath.Join(dir, "racelab"), nil
}

// build compiles the submission, and meanwhile vets it and compares its API.
// No binary means that the findings are all there will be.
func (c *check) build(ctx context.Context, ws *stage.Workspace) (binary string, findings []finding.Finding, err error) {
	if err := c.fetch(ctx, ws); err != nil {
		return "", nil, err
	}
	want, err := c.ourVersion()
	if err != nil {
		return "", nil, err
	}
	var vetted, api, compiled []finding.Finding
	g, ctx := errgroup.WithContext(ctx)
	exports := c.exports(ctx, ws, instrument.Imports(want.Files)...)
	g.Go(func() (err error) { binary, compiled, err = c.compile(ctx, ws, exports); return err })
	g.Go(func() (err error) { vetted, err = c.vet(ws, exports); return err })
	g.Go(func() (err error) { api, err = c.compareAPI(want, exports); return err })
	if err := g.Wait(); err != nil {
		return "", nil, err
	}
	if len(api) > 0 {
		// What the compiler says of our tests then is a consequence.
		return "", slices.Concat(api, inEditable(c.exercise, compiled), vetted), nil
	}
	if len(compiled) > 0 {
		return "", slices.Concat(compiled, c.extraFiles()), nil
	}
	return binary, vetted, nil
}

// reference returns what the reference shows, nil where there is none, or why that
// cannot be told.
func (c *check) reference(ctx context.Context) (want *reference, fault string, err error) {
	if c.exercise.Reference == nil {
		return nil, "", nil
	}
	want, err = c.whatReferenceShows(ctx)
	if errors.Is(err, errReference) {
		return nil, err.Error(), nil
	}
	return want, "", err
}

// differences are what the submission showed natively and the reference never
// does.
func (c *check) differences(want *reference, race outcome) []finding.Finding {
	if want == nil || c.exercise.Outcome != exercise.OutcomeOne {
		return nil
	}
	return want.Observed.compare(race.observed, race.run.Executions)
}
