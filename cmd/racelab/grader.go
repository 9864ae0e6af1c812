package main

import (
	"context"
	"sync"
	"time"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/gotool"
	"racelab/checker/sandbox"
)

// A lazyGrader is a checker.Grader that is opened when something is to be graded: most
// commands never do.
type lazyGrader struct {
	options checker.Options

	mu   sync.Mutex
	open *checker.Grader // nil until that has succeeded
}

// oneOfMany are the options of a check beside which others run: they use the
// processors.
var oneOfMany = checker.Options{Processors: 1, Workers: 1}

func (g *lazyGrader) opened(ctx context.Context) (*checker.Grader, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open != nil {
		return g.open, nil
	}
	open, err := checker.Open(ctx, g.options)
	g.open = open
	return open, err
}

func (g *lazyGrader) check(ctx context.Context, t checker.Task) (finding.Verdict, error) {
	open, err := g.opened(ctx)
	if err != nil {
		return finding.Verdict{}, err
	}
	return open.Check(ctx, t)
}

// builtMutants are mutants that were built as one program.
type builtMutants interface {
	Explore(ctx context.Context, number int) (finding.Verdict, error)
	Doubt(ctx context.Context, number int) (finding.Verdict, error)
	Close() error
}

func (g *lazyGrader) buildMutants(ctx context.Context, t checker.Task) (builtMutants, error) {
	open, err := g.opened(ctx)
	if err != nil {
		return nil, err
	}
	return open.BuildMutants(ctx, t)
}

func (g *lazyGrader) key(ctx context.Context, t checker.Task) (string, error) {
	open, err := g.opened(ctx)
	if err != nil {
		return "", err
	}
	return open.Key(t)
}

func (g *lazyGrader) referenceTook(ctx context.Context, ex exercise.Exercise) (time.Duration, error) {
	open, err := g.opened(ctx)
	if err != nil {
		return 0, err
	}
	return open.ReferenceTook(ex)
}

func (g *lazyGrader) replay(ctx context.Context, t checker.Task, schedule string) (finding.Replay, error) {
	open, err := g.opened(ctx)
	if err != nil {
		return finding.Replay{}, err
	}
	return open.Replay(ctx, t, schedule)
}

func (g *lazyGrader) lay(ctx context.Context, t checker.Task, tests []string) (*checker.Table, error) {
	open, err := g.opened(ctx)
	if err != nil {
		return nil, err
	}
	return open.Table(ctx, t, tests...)
}

func (g *lazyGrader) warm(ctx context.Context, progress func(string)) error {
	open, err := g.opened(ctx)
	if err != nil {
		return err
	}
	return open.Warm(ctx, progress)
}

func findToolchain(ctx context.Context) (gotool.Toolchain, error) {
	return gotool.FindToolchain(ctx, sandbox.Limited{})
}
