package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/proof"

	"golang.org/x/sync/errgroup"
)

// A trialResult is what came of one trial.
type trialResult struct {
	proof.Trial
	verdicts []finding.Verdict
	took     time.Duration
	known    bool // from before
}

// versions are the versions of one exercise, and where their results arrive.
type versions struct {
	exercise exercise.Exercise
	trials   []proof.Trial
	results  []chan trialResult
	settled  *memory[finding.Verdict] // of versions that were as promised
}

// mostSettled are kept of one exercise: several racelabs' or versions' of it.
const mostSettled = 200

func newVersions(ex exercise.Exercise, all []proof.Trial) versions {
	v := versions{ex, all, make([]chan trialResult, len(all)), remember[finding.Verdict]("versions/"+ex.ID+".json", mostSettled)}
	for i := range v.results {
		v.results[i] = make(chan trialResult, 1)
	}
	return v
}

// versionsOf leaves out exercises of which something is missing: that has been
// reported, and without it nothing can be tried.
func versionsOf(set []exercise.Exercise) (all []versions) {
	for _, ex := range set {
		if made, err := proof.Trials(ex); err == nil {
			all = append(all, newVersions(ex, made))
		}
	}
	return all
}

// tryAll grades every version of every exercise, some at the same time, and prints a
// row for each, in order, as soon as it can.
func (a *app) tryAll(ctx context.Context, d *devCheck, all []versions) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(d.jobs + 1) // the printing below is one
	g.Go(func() error {
		for _, v := range all {
			if err := a.printTrials(ctx, d, v); err != nil {
				return err
			}
		}
		return nil
	})
	for _, n := range trialOrder(all) {
		v, t := all[n.exercise], all[n.exercise].trials[n.trial]
		g.Go(func() error {
			r, err := a.try(ctx, d, v, t)
			if err != nil {
				return fmt.Errorf("%s of %s: %w", t.Name, v.exercise.ID, err)
			}
			v.results[n.trial] <- r
			return nil
		})
	}
	return g.Wait()
}

func (a *app) printTrials(ctx context.Context, d *devCheck, v versions) error {
	defer v.settled.keep()
	table := newTrialTable(v.trials)
	a.say("%s", a.palette.Bold(table.heading(v.exercise.ID)))
	for _, result := range v.results {
		select {
		case r := <-result:
			a.conclude(d, r, table)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// A trialNumber is which version of which exercise.
type trialNumber struct{ exercise, trial int }

// trialOrder is the order in which trials begin. The first one of an exercise has the
// reference run, for which all others would wait: it begins while there is still half of
// the exercise before to do.
func trialOrder(all []versions) (order []trialNumber) {
	for e, v := range all {
		if e == 0 {
			order = append(order, trialNumber{0, 0})
		}
		for t := 1; t < len(v.trials); t++ {
			if t == (len(v.trials)+1)/2 && e+1 < len(all) {
				order = append(order, trialNumber{e + 1, 0})
			}
			order = append(order, trialNumber{e, t})
		}
	}
	return order
}

// try grades one version, as often as was asked for, unless it is known that once is as promised.
func (a *app) try(ctx context.Context, d *devCheck, v versions, t proof.Trial) (trialResult, error) {
	start := time.Now()
	task := checker.Task{Exercise: v.exercise, Submission: t.Submission, Progress: d.progress.say}
	key, err := a.key(ctx, task)
	if err != nil {
		return trialResult{}, err
	}
	if known, ok := v.settled.recall(key); ok && d.repeat == 1 {
		v.settled.note(key, known) // nobody forgets it
		return trialResult{Trial: t, verdicts: []finding.Verdict{known}, known: true}, nil
	}
	r, err := a.tryAnew(ctx, d, task, t)
	switch _, unclear := proof.Inconclusive(r.verdicts); {
	case err != nil || unclear:
	case len(t.Judge(r.verdicts)) > 0:
		v.settled.forget(key)
	case d.repeat == 1:
		v.settled.note(key, withoutDetails(r.verdicts[0]))
	}
	r.took = time.Since(start)
	return r, err
}

// withoutDetails leaves out of a verdict what no row of a table depends on: most of it.
func withoutDetails(v finding.Verdict) finding.Verdict {
	v.Findings = slices.Clone(v.Findings)
	for i := range v.Findings {
		e := &v.Findings[i].Evidence
		e.Trace, e.Goroutines, e.Output = nil, nil, ""
	}
	return v
}

func (a *app) tryAnew(ctx context.Context, d *devCheck, task checker.Task, t proof.Trial) (trialResult, error) {
	r := trialResult{Trial: t}
	task.First = d.repeat == 1 && t.Wrong()
	for len(r.verdicts) < d.repeat {
		v, err := a.check(ctx, task)
		if err != nil {
			return r, err
		}
		if !task.First || t.SettledBy(v) {
			r.verdicts = append(r.verdicts, v)
		}
		task.First = false
	}
	return r, nil
}
