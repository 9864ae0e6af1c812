package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/proof"

	"golang.org/x/sync/errgroup"
)

// recordSymptoms writes what the wrong versions of each exercise show.
func (a *app) recordSymptoms(ctx context.Context, d *devCheck, c clone) error {
	for _, id := range d.ids {
		ex, _, err := exercise.Validate(d.content, id)
		if err != nil {
			return fmt.Errorf("exercises/%s: %w", id, err)
		}
		shown, err := a.symptomsOf(ctx, d, ex)
		if err != nil {
			return err
		}
		text, err := shown.Text()
		if err != nil {
			return err
		}
		name := filepath.Join("solutions", id, exercise.SymptomsFile)
		if err := writeFile(filepath.Join(c.dir, name), text); err != nil {
			return err
		}
		d.progress.stop()
		a.say("%s: what %d wrong versions show", filepath.ToSlash(name), len(shown))
	}
	return nil
}

// symptomsOf checks the wrong versions, whole.
func (a *app) symptomsOf(ctx context.Context, d *devCheck, ex exercise.Exercise) (exercise.Symptoms, error) {
	all, err := proof.Trials(ex)
	if err != nil {
		return nil, err
	}
	stamp, err := ex.Stamps()
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	shown := exercise.Symptoms{}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(d.jobs)
	for _, t := range all {
		if len(t.Certain) == 0 {
			continue
		}
		g.Go(func() error {
			shows, err := a.symptomsIn(ctx, d, ex, t)
			if err != nil {
				return fmt.Errorf("%s of %s: %w", t.Name, ex.ID, err)
			}
			mu.Lock()
			defer mu.Unlock()
			shown[t.Name] = exercise.Symptom{Of: stamp(t.Submission.Files), Shows: shows}
			return nil
		})
	}
	return shown, g.Wait()
}

func (a *app) symptomsIn(ctx context.Context, d *devCheck, ex exercise.Exercise, t proof.Trial) ([]string, error) {
	v, err := a.check(ctx, checker.Task{Exercise: ex, Submission: t.Submission, Progress: d.progress.say})
	if err != nil {
		return nil, err
	}
	if v.Outcome == finding.Inconclusive {
		return nil, fmt.Errorf("racelab could not tell: %s", v.Reason)
	}
	return v.Symptoms(), nil
}
