package main

import (
	"context"
	"os"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/submission"
)

// checkAll checks every exercise, one after the other: they would only take the
// processors from each other.
func (a *app) checkAll(ctx context.Context, flags checkFlags) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	if flags.from != "" {
		err = a.need(a.abs(flags.from))
	} else {
		_, err = a.lab()
	}
	if err != nil {
		return err
	}
	series := flags.format.CheckAll(a.stdout, a.style(flags.renderFlags), report.Context{Command: a.command}, len(set))
	var sum tally
	for _, ex := range set {
		v, err := a.checkOneOf(ctx, ex, flags, series)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		sum.add(v, err)
	}
	if err := series.Close(); err != nil {
		return err
	}
	return sum.status()
}

// checkOneOf checks one of many and shows the outcome.
func (a *app) checkOneOf(ctx context.Context, ex exercise.Exercise, flags checkFlags, series report.Series) (finding.Verdict, error) {
	v, err := a.gradeOneOf(ctx, ex, flags)
	if err == nil {
		return v, series.Add(v)
	}
	err = cannotGrade(ex, err)
	if ctx.Err() != nil {
		return v, err
	}
	// The others go on.
	if flags.format.ForPrograms {
		if err := series.Add(ungraded(ex, err)); err != nil {
			return v, err
		}
	}
	a.note("%s", withAdvice(err))
	return v, err
}

func (a *app) gradeOneOf(ctx context.Context, ex exercise.Exercise, flags checkFlags) (finding.Verdict, error) {
	t, sub, err := a.targetOfAll(ex, flags.from)
	if err != nil {
		return finding.Verdict{}, err
	}
	return a.gradeSubmission(ctx, t, sub, flags)
}

// targetOfAll is the submission for ex. One that was not handed in has no files,
// which the checker then says in its verdict.
func (a *app) targetOfAll(ex exercise.Exercise, from string) (target, submission.Submission, error) {
	if from == "" {
		t, err := a.labTarget(ex)
		if err != nil {
			return t, submission.Submission{}, err
		}
		sub, err := submission.Read(t.dir, ex.Files)
		return t, sub, err
	}
	dir := a.abs(from)
	t, ok := targetIn(dir, ex)
	if !ok || t.dir == dir { // files without a folder could belong to any exercise
		sub, err := nothing(ex)
		return t, sub, err
	}
	sub, err := submission.Read(t.dir, ex.Files)
	return t, sub, err
}

// nothing is what stage reads from an empty folder: findings about missing files.
func nothing(ex exercise.Exercise) (submission.Submission, error) {
	dir, err := os.MkdirTemp("", "racelab-empty-")
	if err != nil {
		return submission.Submission{}, err
	}
	defer os.Remove(dir)
	return submission.Read(dir, ex.Files)
}

// A tally counts what decides the exit status.
type tally struct {
	fail, notAble int
}

func (t *tally) add(v finding.Verdict, err error) {
	switch {
	case err != nil || v.Outcome == finding.Inconclusive:
		t.notAble++
	case v.Outcome == finding.Fail:
		t.fail++
	}
}

// status is that of the worst: what could not be graded might have failed.
func (t *tally) status() error {
	switch {
	case t.notAble > 0:
		return verdictStatus(statusNotAble)
	case t.fail > 0:
		return verdictStatus(statusFail)
	}
	return nil
}
