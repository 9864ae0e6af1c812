// Package checker grades submissions.
//
// A Grader's Check is the whole pipeline on one page; every step is a package of
// its own beneath this one. Data goes one way: submission, workspace, program,
// executions and schedules, evidence, verdict. Replay runs one interleaving again.
// What a pass does not prove: see the package doc of rubric.
package checker

import (
	"cmp"
	"context"
	"slices"
	"time"

	"racelab/checker/evidence"
	"racelab/checker/exercise"
	"racelab/checker/explored"
	"racelab/checker/finding"
	"racelab/checker/native"
	"racelab/checker/policy"
	"racelab/checker/program"
	"racelab/checker/rubric"
	"racelab/checker/stage"
	"racelab/checker/submission"

	"golang.org/x/sync/errgroup"
)

// A Task is one submission to grade or to replay.
type Task struct {
	Exercise   exercise.Exercise
	Submission submission.Submission
	// Progress is told, in a few words, what takes long just now; after a colon, how far
	// that is. May be nil; may be called from any goroutine.
	Progress func(string)
	// Trace asks for the interleavings of findings that have a schedule; of Replay for
	// racing accesses in the interleaving.
	Trace bool
	// Nearest asks Replay for the nearest schedule that passes, too.
	Nearest bool
	// First ends the check at the first error: for whoever asks only whether the
	// submission fails. Nothing else in the verdict is complete then, but for a pass.
	First bool
	// Unread says that nobody has read the code. What passes is then built and run once
	// more as it was written: it may have noticed that it was looked at.
	Unread bool
}

// Check grades a submission. A defect of it is a finding in the verdict; an error
// means that racelab could not do its job, and says what to do about it.
func (g *Grader) Check(ctx context.Context, t Task) (finding.Verdict, error) {
	start := time.Now()
	gathered, err := g.check(t).gather(ctx)
	if err != nil {
		return finding.Verdict{}, g.named(err)
	}
	v := rubric.Judge(t.Exercise, gathered)
	if v.Outcome == finding.Fail {
		comment(&v, t)
	}
	v.Toolchain = g.toolchain.String()
	v.DurationMS = time.Since(start).Milliseconds()
	return v, nil
}

// comment adds what the exercise's author says of this mistake.
func comment(v *finding.Verdict, t Task) {
	files := t.Submission.Files
	if known, ok := t.Exercise.Recognise(files); ok {
		v.Feedback = known.Feedback
		return
	}
	if t.First {
		return // not all is known of what it shows
	}
	if known, ok := t.Exercise.Like(files, v.Symptoms()); ok {
		v.Like = known.Feedback
	}
}

// A check is what a Grader does with one task.
type check struct {
	*Grader
	Task
}

func (g *Grader) check(t Task) check {
	if t.Progress == nil {
		t.Progress = func(string) {}
	}
	return check{g, t}
}

// gather takes the submission as far as it gets.
func (c check) gather(ctx context.Context) (rubric.Evidence, error) {
	if err := c.Submission.Unreadable(); err != nil {
		return rubric.Evidence{}, err
	}
	parsed, err := stage.Parse(c.Exercise, c.Submission)
	if err != nil {
		return rubric.Evidence{}, err
	}
	if findings := policy.Check(c.Exercise, c.Submission, parsed); len(findings) > 0 {
		return rubric.Evidence{Findings: findings}, nil
	}
	ws, err := stage.New(c.Exercise, parsed, c.runtime)
	if err != nil {
		return rubric.Evidence{}, err
	}
	defer ws.Close()
	built, static, err := c.builder().Build(ctx, ws, c.Submission)
	if err != nil || built == nil {
		return rubric.Evidence{Findings: static}, err
	}
	want, doubt, err := c.reference(ctx)
	if err != nil {
		return rubric.Evidence{}, err
	}
	if c.First && c.fails(static) {
		return rubric.Evidence{Findings: static}, nil
	}
	race, lock, schedules, err := c.run(ctx, built, want)
	if err != nil {
		return rubric.Evidence{}, err
	}
	second, err := c.racing(ctx, parsed, slices.Concat(race.Findings, schedules.Findings))
	if err != nil {
		return rubric.Evidence{}, err
	}
	defer second.close()
	led, err := second.consequences(ctx, want)
	if err != nil {
		return rubric.Evidence{}, err
	}
	gathered := rubric.Evidence{
		Findings: evidence.Fold(slices.Concat(static, race.Findings, lock.Findings, schedules.Findings, led)),
		Runs:     []finding.Run{race.Run, lock.Run, schedules.Run},
		Ended:    race.Ended,
		Doubt:    cmp.Or(race.Doubt, lock.Doubt, doubt, schedules.Doubt),
	}
	second.showRaces(ctx, built, want, gathered.Findings)
	if err := c.blame(ctx, ws, want, gathered.Findings, schedules.Ordered()); err != nil {
		return rubric.Evidence{}, err
	}
	if c.Unread && rubric.Judge(c.Exercise, gathered).Outcome == finding.Pass {
		err = c.asWritten(ctx, ws, &gathered)
	}
	c.anonymise(gathered.Findings, ws)
	return gathered, err
}

// asWritten adds what the submission shows where nothing of racelab's is in it.
func (c check) asWritten(ctx context.Context, ws *stage.Workspace, to *rubric.Evidence) error {
	c.Progress("running the tests without racelab's run-time")
	p, findings, err := c.builder().BuildWritten(ctx, ws)
	if err != nil || p == nil {
		to.Findings = append(to.Findings, findings...)
		return err
	}
	shown, err := c.tester(p).AsWritten(ctx)
	to.Findings = append(to.Findings, shown.Findings...)
	to.Runs, to.Doubt = append(to.Runs, shown.Run), shown.Doubt
	return err
}

func (c check) builder() program.Builder {
	return program.Builder{Sandbox: c.options.Sandbox, Toolchain: c.toolchain, Cache: c.options.Cache, Runtime: c.runtime, Processors: c.options.Processors, Progress: c.Progress}
}

// run runs the program in all modes: natively in one process after the other, and
// meanwhile exploring.
func (c check) run(ctx context.Context, p *program.Program, want *evidence.Reference) (race, lock, schedules evidence.Shown, err error) {
	if c.First {
		return c.runUntilFirst(ctx, p, want)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		if race, err = c.race(ctx, p, want); err != nil {
			return err
		}
		lock, err = c.tester(p).Lock(ctx, race)
		return err
	})
	g.Go(func() (err error) { schedules, err = c.explore(ctx, p, want); return err })
	return race, lock, schedules, g.Wait()
}

// race runs the tests under the race detector, and compares what they observed.
func (c check) race(ctx context.Context, p *program.Program, want *evidence.Reference) (evidence.Shown, error) {
	race, err := c.tester(p).Race(ctx)
	race.Findings = slices.Concat(race.Findings, c.differences(want, race))
	return race, err
}

func (c check) tester(p *program.Program) native.Tester {
	return native.Tester{Sandbox: c.options.Sandbox, Program: p, Wall: time.Duration(c.Exercise.Limits.Run), First: c.First, Progress: c.Progress}
}

func (c check) explore(ctx context.Context, p *program.Program, want *evidence.Reference) (evidence.Shown, error) {
	c.Progress("exploring interleavings")
	return c.explorer(p, want).Explore(ctx)
}

func (c check) explorer(p *program.Program, want *evidence.Reference) explored.Explorer {
	return explored.Explorer{Sandbox: c.options.Sandbox, Exercise: c.Exercise, Program: p, Want: want, Trace: c.Trace, Nearest: c.Nearest, First: c.First, Limits: c.options.Limits, Workers: c.options.Workers}
}

// differences are what the submission showed natively and the reference never
// does.
func (c check) differences(want *evidence.Reference, race evidence.Shown) []finding.Finding {
	if want == nil || c.Exercise.Outcome != exercise.OutcomeOne {
		return nil
	}
	return want.Observed.Compare(race.Observed, race.Run.Executions)
}
