package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/submission"
)

// checkAll checks every exercise, one after the other: they would only take the
// processors from each other. It shows one line for each, or JSON objects.
func (a *app) checkAll(ctx context.Context, flags checkFlags) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	if flags.from != "" {
		err = a.need(a.abs(flags.from))
	} else {
		_, err = a.workspace()
	}
	if err != nil {
		return err
	}
	var sum tally
	for _, ex := range set {
		v, err := a.checkOneOf(ctx, ex, flags)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		sum.add(v, err)
	}
	if flags.format == "text" {
		a.say("")
		a.say("%d of %d pass.%s", sum.pass, len(set), a.checkAllAdvice(sum))
	}
	return sum.status()
}

// checkOneOf checks one of many and shows the outcome.
func (a *app) checkOneOf(ctx context.Context, ex exercise.Exercise, flags checkFlags) (finding.Verdict, error) {
	t, sub, err := a.targetOfAll(ex, flags.from)
	if err != nil {
		return finding.Verdict{}, a.failedOfAll(ctx, ex, flags, err)
	}
	v, err := a.gradeSubmission(ctx, t, sub, flags.trace)
	if err != nil {
		return v, a.failedOfAll(ctx, ex, flags, err)
	}
	if flags.format == "json" {
		return v, report.JSON(a.stdout, v)
	}
	a.say("%s", a.verdictLine(v))
	return v, nil
}

// targetOfAll is the submission for ex. One that was not handed in has no files,
// which the checker then says in its verdict.
func (a *app) targetOfAll(ex exercise.Exercise, from string) (target, submission.Submission, error) {
	if from == "" {
		t, err := a.workspaceTarget(ex)
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

// failedOfAll reports that one could not be graded; the others go on.
func (a *app) failedOfAll(ctx context.Context, ex exercise.Exercise, flags checkFlags, err error) error {
	err = a.notGraded(ctx, ex, flags.format, err)
	if ctx.Err() == nil {
		a.note("%s", withAdvice(err))
	}
	return err
}

// verdictLine sums a verdict up.
func (a *app) verdictLine(v finding.Verdict) string {
	score := fmt.Sprintf("%d of %d points", v.Score, v.MaxScore)
	switch v.Outcome {
	case finding.Pass:
		return fmt.Sprintf("%s %-26s %s", a.palette.Good("✓"), v.Exercise, score)
	case finding.Fail:
		return fmt.Sprintf("%s %-26s %s: %s", a.palette.Bad("✗"), v.Exercise, score, strings.Join(kindsOf(v.Errors()), ", "))
	}
	return fmt.Sprintf("%s %-26s no verdict", a.palette.Warn("?"), v.Exercise)
}

// kindsOf are the kinds of the findings, each once.
func kindsOf(fs []finding.Finding) []string {
	var out []string
	seen := map[finding.Kind]bool{}
	for _, f := range fs {
		if !seen[f.Kind] {
			seen[f.Kind] = true
			out = append(out, string(f.Kind))
		}
	}
	return out
}

// A tally counts verdicts.
type tally struct {
	pass, fail, notAble int
	firstFailed         string
}

func (t *tally) add(v finding.Verdict, err error) {
	switch {
	case err != nil || v.Outcome == finding.Inconclusive:
		t.notAble++
	case v.Outcome == finding.Pass:
		t.pass++
	default:
		t.fail++
		if t.firstFailed == "" {
			t.firstFailed = v.Exercise
		}
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

func (a *app) checkAllAdvice(t tally) string {
	if t.firstFailed == "" {
		return ""
	}
	nr, _, _ := strings.Cut(t.firstFailed, "-")
	return fmt.Sprintf(" `%s check %s` says what is wrong with the first that does not.", a.command, nr)
}
