package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/submission"
)

// checkAll checks every exercise, one after the other: they would only take the
// processors from each other.
func (a *app) checkAll(ctx context.Context, flags checkFlags) error {
	if err := flags.pageForEach(); err != nil {
		return err
	}
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
	var pages []string
	for _, ex := range set {
		one, err := a.checkOneOf(ctx, ex, flags, series)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		sum.add(one.verdict, err)
		if err == nil && flags.page() {
			page, err := a.pageOfMany(one, flags.renderFlags)
			if err != nil {
				return err
			}
			pages = append(pages, page)
		}
	}
	if err := series.Close(); err != nil {
		return err
	}
	a.sayPages(pages)
	return sum.status()
}

// A oneOfAll is one of many that were checked.
type oneOfAll struct {
	target     target
	submission submission.Submission
	verdict    finding.Verdict
}

// checkOneOf checks one of many and shows the outcome.
func (a *app) checkOneOf(ctx context.Context, ex exercise.Exercise, flags checkFlags, series report.Series) (oneOfAll, error) {
	one, err := a.gradeOneOf(ctx, ex, flags)
	if err == nil {
		return one, series.Add(one.verdict)
	}
	err = cannotGrade(ex, err)
	if ctx.Err() != nil {
		return one, err
	}
	// The others go on.
	if flags.format.ForPrograms {
		if err := series.Add(ungraded(ex, err)); err != nil {
			return one, err
		}
	}
	a.note("%s", withAdvice(err))
	return one, err
}

func (a *app) gradeOneOf(ctx context.Context, ex exercise.Exercise, flags checkFlags) (one oneOfAll, err error) {
	if one.target, one.submission, err = a.targetOfAll(ex, flags.from); err == nil {
		one.verdict, err = a.gradeSubmission(ctx, one.target, one.submission, flags)
	}
	return one, err
}

// pageForEach has a page for each of many exercises made beside what is printed, where a page is
// asked for: flags.file is the folder then.
func (f *checkFlags) pageForEach() error {
	if !f.page() {
		return nil
	}
	if f.file == "-" || filepath.Ext(f.file) == ".html" {
		return usage("each exercise has a page of its own, so name a folder, as in `racelab check all --html pages`.")
	}
	f.trace = true
	return nil
}

// pageOfMany writes the page of one of many exercises.
func (a *app) pageOfMany(one oneOfAll, flags renderFlags) (name string, err error) {
	name = a.pageName(one.target, "")
	if flags.file != "" {
		name = joinPath(a.abs(flags.file), one.target.ex.ID+".html")
	}
	var page bytes.Buffer
	if err := report.HTML(&page, one.verdict, a.style(flags), a.known(one.target, one.verdict, one.submission)); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return "", cannotWrite(name, err)
	}
	return name, writeFile(name, page.Bytes())
}

// sayPages tells where pages were written.
func (a *app) sayPages(names []string) {
	if len(names) == 0 {
		return
	}
	a.say("")
	a.say("%s written:", report.Count(len(names), "page"))
	for _, name := range names {
		a.say("  %s", a.shorten(name))
	}
	a.say("Open one in a browser, or type: %s %s", opener(), shellWord(a.shorten(names[0])))
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
