package main

import (
	"context"
	"fmt"
	"sync"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/mutate"
	"racelab/checker/proof"
	"racelab/checker/submission"

	"golang.org/x/sync/errgroup"
)

// A mutantJudge finds out what becomes of an exercise's mutants.
type mutantJudge struct {
	*app
	exercise   exercise.Exercise
	mutants    []mutant
	jobs       int
	remembered *memory[proof.Fate]
	progress   *progressLine

	mu           sync.Mutex
	done, passed int
}

// mostFates are kept of one exercise.
const mostFates = 5000

// judgeMutants notes the fate of each mutant of r.
//
// Most mutants fail at once, and building them is what takes long. So those of one
// right fix are built as one program, and explored for a moment. Who does not fail
// then is checked by itself, unless there is a reason why it need not fail.
func (a *app) judgeMutants(ctx context.Context, d *devMutate, r mutationResult) error {
	j := &mutantJudge{app: a, exercise: r.exercise, mutants: r.mutants, jobs: d.jobs, remembered: remember[proof.Fate]("mutants/"+r.exercise.ID+".json", mostFates), progress: a.startProgress(ctx)}
	defer j.progress.stop()
	defer j.remembered.keep()
	if err := j.remember(ctx); err != nil {
		return err
	}
	for _, of := range j.open() {
		if err := j.together(ctx, of); err != nil {
			return err
		}
	}
	var rest []*mutant
	for _, of := range j.open() {
		rest = append(rest, of...)
	}
	return j.each(ctx, rest, j.alone)
}

// remember settles what is known from before.
func (j *mutantJudge) remember(ctx context.Context) error {
	for i := range j.mutants {
		m := &j.mutants[i]
		var err error
		if m.key, err = j.key(ctx, j.task(m.Submission())); err != nil {
			return err
		}
		if known, ok := j.remembered.recall(m.key); ok && (!known.Glanced || m.alike != "") {
			j.settle(m, known)
		}
	}
	return nil
}

func (j *mutantJudge) task(s submission.Submission) checker.Task {
	return checker.Task{Exercise: j.exercise, Submission: s, First: true}
}

// open are the mutants whose fate is not known, by what they are mutants of.
func (j *mutantJudge) open() [][]*mutant {
	var out [][]*mutant
	last := ""
	for i := range j.mutants {
		m := &j.mutants[i]
		if m.fate.By != "" {
			continue
		}
		if m.Of != last {
			out, last = append(out, nil), m.Of
		}
		out[len(out)-1] = append(out[len(out)-1], m)
	}
	return out
}

// fewMutants are not worth a program that has them all.
const fewMutants = 3

// together explores mutants of one right fix that are built as one program.
func (j *mutantJudge) together(ctx context.Context, of []*mutant) error {
	made := make([]mutate.Mutant, len(of))
	for i, m := range of {
		made[i] = m.Mutant.Mutant
	}
	schema := mutate.NewSchema(mutate.Program{Files: of[0].Right}, made, checker.MutantChooser)
	numbers := map[*mutant]int{}
	var in []*mutant
	for i, n := range schema.Numbers {
		if n > 0 {
			in, numbers[of[i]] = append(in, of[i]), n
		}
	}
	if len(in) <= fewMutants {
		return nil
	}
	built, err := j.buildMutants(ctx, j.task(submission.Submission{Files: schema.Files}))
	if err != nil {
		return fmt.Errorf("the mutants of %s of %s together: %w", of[0].Of, j.exercise.ID, err)
	}
	defer built.Close()
	if v, err := built.Explore(ctx, 0); err != nil || v.Outcome == finding.Fail {
		return err // each has to be checked by itself
	}
	return j.each(ctx, in, func(ctx context.Context, m *mutant) error {
		explore := built.Explore
		if m.alike != "" {
			explore = built.Doubt
		}
		v, err := explore(ctx, numbers[m])
		switch {
		case err != nil:
			return err
		case v.Outcome == finding.Fail:
			j.note(m, proof.FateIn(v))
		case m.alike != "":
			j.note(m, proof.Fate{By: proof.EndPassed, Glanced: true})
		}
		return nil
	})
}

// each does something for mutants, for some at the same time.
func (j *mutantJudge) each(ctx context.Context, mutants []*mutant, do func(context.Context, *mutant) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(j.jobs)
	for _, m := range mutants {
		g.Go(func() error {
			if err := do(ctx, m); err != nil {
				return fmt.Errorf("%s of %s: %w", m.Name(), j.exercise.ID, err)
			}
			return nil
		})
	}
	return g.Wait()
}

// alone checks one mutant.
func (j *mutantJudge) alone(ctx context.Context, m *mutant) error {
	task := j.task(m.Submission())
	v, err := j.checkBeside(ctx, task)
	if err != nil {
		return err
	}
	f := proof.FateIn(v)
	if f.By == proof.EndUnclear { // more schedules may show more
		task.First = false
		if v, err = j.checkBeside(ctx, task); err != nil {
			return err
		}
		f = proof.FateIn(v)
	}
	j.note(m, f)
	return nil
}

// note settles what was found out now.
func (j *mutantJudge) note(m *mutant, f proof.Fate) {
	j.remembered.note(m.key, f)
	j.settle(m, f)
}

func (j *mutantJudge) settle(m *mutant, f proof.Fate) {
	j.mu.Lock()
	defer j.mu.Unlock()
	m.fate = f
	j.done++
	if f.By == proof.EndPassed {
		j.passed++
	}
	if j.errTerminal || j.done%100 == 0 {
		j.progress.say(fmt.Sprintf("%s: %d of %d mutants, %d passed", j.exercise.ID, j.done, len(j.mutants), j.passed))
	}
}
