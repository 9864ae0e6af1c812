package checker

import (
	"cmp"
	"context"
	"fmt"
	"sync"

	"racelab/checker/cache"
	"racelab/checker/exercise"
	"racelab/checker/explored"
	"racelab/checker/gotool"
	"racelab/checker/sandbox"
	"racelab/checker/stage"
	"racelab/checker/submission"
)

// Options are the circumstances of all that a Grader does. The zero value is what
// a learner gets.
type Options struct {
	// Cache is where racelab keeps what it can always make again: the staged
	// run-time and what the reference solutions showed. Empty means a folder
	// of its own in os.UserCacheDir.
	Cache cache.Dir
	// Sandbox starts every process; nil means sandbox.Limited.
	Sandbox sandbox.Runner
	// Workers is how many processes run schedules at the same time in one check;
	// 0: 2. Whoever runs several checks at once wants fewer. The verdict does not
	// depend on it.
	Workers int
	// Limits bound each schedule that is explored.
	Limits explored.Limits
}

// defaultWorkers keeps two processors busy.
const defaultWorkers = 2

// A Grader grades submissions of any exercise, from several goroutines at once.
type Grader struct {
	sandbox   sandbox.Runner
	toolchain gotool.Toolchain
	cache     cache.Dir
	workers   int
	limits    explored.Limits
	runtime   string // the folder with the staged run-time

	observing sync.Map // by the key of a reference: a channel that whoever observes it holds
}

// Open finds the toolchain, the cache and the run-time. The error says what is
// missing and what to do about it.
func Open(ctx context.Context, opts Options) (*Grader, error) {
	g := &Grader{cache: opts.Cache, sandbox: opts.Sandbox, limits: opts.Limits, workers: cmp.Or(opts.Workers, defaultWorkers)}
	if g.sandbox == nil {
		g.sandbox = sandbox.Limited{}
	}
	var err error
	if g.cache == "" {
		if g.cache, err = cache.UserDir(); err != nil {
			return nil, err
		}
	}
	if g.toolchain, err = gotool.FindToolchain(ctx, g.sandbox); err != nil {
		return nil, err
	}
	if err := g.toolchain.Usable(); err != nil {
		return nil, err
	}
	if g.runtime, err = stage.PrepareRuntime(g.cache); err != nil {
		return nil, fmt.Errorf("write racelab's run-time: %w", err)
	}
	return g, nil
}

// Warm makes the first Check fast: it fetches the detectors' modules and builds
// them and the standard library for -race, by building a trivial test.
func (g *Grader) Warm(ctx context.Context, progress func(string)) error {
	ex := exercise.Exercise{ID: "00-warm", Dir: warmFS, Reference: warmFS}
	ex.Files = []string{"warm.go"}
	sub, err := submission.Reference(ex)
	if err != nil {
		return err
	}
	ws, err := stage.New(ex, sub, g.runtime)
	if err != nil {
		return err
	}
	defer ws.Close()
	built, findings, err := g.check(Task{Exercise: ex, Submission: sub, Progress: progress}).builder().Build(ctx, ws, sub)
	if err == nil && built == nil {
		err = fmt.Errorf("building a trivial test failed: %s", cmp.Or(findings[0].Evidence.Output, findings[0].Name()))
	}
	return err
}
