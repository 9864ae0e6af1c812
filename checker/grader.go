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
	// Processors is how many the compiler and the linker use; 0: all. The executions'
	// own GOMAXPROCS is part of what they test, and stays.
	Processors int
	// Workers is how many processes run schedules at the same time in one check;
	// 0: 2. Whoever runs several checks at once wants fewer. The verdict does not
	// depend on it.
	Workers int
	// CacheProgram serves the go command its build cache, where that may not be written to
	// (gotool.Toolchain).
	CacheProgram string
	// Limits bound each schedule that is explored.
	Limits explored.Limits
}

// defaultWorkers keeps two processors busy.
const defaultWorkers = 2

// A Grader grades submissions of any exercise, from several goroutines at once.
type Grader struct {
	options   Options // with the defaults filled in
	toolchain gotool.Toolchain
	runtime   string   // the folder with the staged run-time
	observing sync.Map // by the key of a reference: a channel that whoever observes it holds
}

// Open finds the toolchain, the cache and the run-time. The error says what is
// missing and what to do about it.
func Open(ctx context.Context, opts Options) (*Grader, error) {
	opts.Workers = cmp.Or(opts.Workers, defaultWorkers)
	if opts.Sandbox == nil {
		opts.Sandbox = sandbox.Limited{}
	}
	var err error
	if opts.Cache == "" {
		if opts.Cache, err = cache.UserDir(); err != nil {
			return nil, err
		}
	}
	opts.Cache.Tidy()
	stage.CleanUp()
	g := &Grader{options: opts}
	if g.toolchain, err = gotool.FindToolchain(ctx, opts.Sandbox); err != nil {
		return nil, err
	}
	g.toolchain.CacheProgram = opts.CacheProgram
	if err := g.toolchain.Usable(); err != nil {
		return nil, err
	}
	if err := g.toolchain.Nameable(string(opts.Cache)); err != nil {
		return nil, err
	}
	if g.runtime, err = stage.PrepareRuntime(opts.Cache); err != nil {
		return nil, g.named(fmt.Errorf("write racelab's run-time: %w", err))
	}
	return g, nil
}

// named says of an error whether a folder is to blame in which something has to be
// written.
func (g *Grader) named(err error) error { return g.toolchain.Named(err, string(g.options.Cache)) }

// Warm makes the first Check fast: it fetches the detectors' modules and builds
// them and the standard library for -race, by building a trivial test.
func (g *Grader) Warm(ctx context.Context, progress func(string)) error {
	ex := exercise.Exercise{ID: "00-warm", Dir: warmFS, Reference: warmFS}
	ex.Files = []string{"warm.go"}
	sub, err := submission.Reference(ex)
	if err != nil {
		return err
	}
	ws, err := stage.Lay(ex, sub, g.runtime)
	if err != nil {
		return err
	}
	defer ws.Close()
	built, findings, err := g.check(Task{Exercise: ex, Submission: sub, Progress: progress}).builder().Build(ctx, ws, sub)
	if err == nil && built == nil {
		err = fmt.Errorf("building a trivial test failed: %s", cmp.Or(findings[0].Evidence.Output, findings[0].Name()))
	}
	return g.named(err)
}
