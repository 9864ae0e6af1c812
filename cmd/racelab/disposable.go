package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"racelab/checker"
	"racelab/checker/classroom/record"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/rubric"
	"racelab/checker/sandbox"
	"racelab/checker/submission"

	"github.com/spf13/cobra"
)

// Code that nobody has read is handled in a process that can be thrown away, from the first
// parse on: a bomb of nested types takes all memory in the type-checker already. That
// process, and all that it starts, has one limit of time and one of memory.
const (
	disposableWall   = 10 * time.Minute
	disposableMemory = 4 << 30
	disposableOutput = 8 << 20
	// disposableProcessor is how long each of these processes may compute; a check is a few
	// seconds, and its compiler's less.
	disposableProcessor = 90 * time.Second
)

// disposableCommand is what such a process is asked to do.
const disposableCommand = "check-one"

// The descriptors of such a process.
const (
	jobFD      = 3 // what it is asked to do
	progressFD = 4 // where it says what takes long, a line for each, if somebody waits for it
)

// A disposableJob is a submission, as the process gets it.
type disposableJob struct {
	Exercise   string                `json:"exercise"`
	Submission submission.Submission `json:"submission"`
	Sandbox    sandbox.Tier          `json:"sandbox,omitempty"` // within whose wall the process is
	// Schedule is what to run again, instead of a check.
	Schedule string `json:"schedule,omitempty"`
	// Alone says that somebody waits for this one check of their own program. Trace is the
	// task's then.
	Alone bool `json:"alone,omitempty"`
	Trace bool `json:"trace,omitempty"`
}

// newDisposableCommand does the one job that descriptor 3 has, and prints the verdict, or the
// replay, as JSON, or a disposableFault.
func newDisposableCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: disposableCommand, Hidden: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			job := os.NewFile(jobFD, "job")
			if job == nil {
				return usage("%s is for racelab itself.", disposableCommand)
			}
			defer job.Close()
			var j disposableJob
			if err := json.NewDecoder(job).Decode(&j); err != nil {
				return usage("%s is for racelab itself.", disposableCommand)
			}
			result, err := a.runDisposable(cmd.Context(), j)
			if err != nil {
				return errors.Join(json.NewEncoder(a.stdout).Encode(disposableFault{withAdvice(err)}), verdictStatus(statusNotAble))
			}
			return json.NewEncoder(a.stdout).Encode(result)
		},
	}
}

// A disposableFault is why such a process could not do its job.
type disposableFault struct {
	Fault string `json:"fault"`
}

func (a *app) runDisposable(ctx context.Context, j disposableJob) (result any, err error) {
	if err := limitProcessor(disposableProcessor); err != nil {
		return nil, err
	}
	set, err := a.set()
	if err != nil {
		return nil, err
	}
	ex, err := a.find(set, j.Exercise)
	if err != nil {
		return nil, err
	}
	task := checker.Task{Exercise: ex, Submission: j.Submission, Unread: true, Trace: true}
	if j.Alone {
		progress := os.NewFile(progressFD, "progress")
		defer progress.Close()
		task.Unread, task.Trace = false, j.Trace
		task.Progress = func(step string) { fmt.Fprintln(progress, step) }
		return a.check(ctx, task)
	}
	grader, err := a.within(j.Sandbox)
	if err != nil {
		return nil, err
	}
	if j.Schedule != "" {
		r, err := grader.replay(ctx, task, j.Schedule)
		r.Interleaving = finding.Interleaving{} // it may be long
		return r, err
	}
	v, err := grader.check(ctx, task)
	return record.Capped(v), err
}

// checkDisposable has a submission graded by a process of its own.
func (a *app) checkDisposable(ctx context.Context, ex exercise.Exercise, sub submission.Submission) (finding.Verdict, error) {
	exit, err := a.runApart(ctx, ex, disposableJob{Exercise: ex.ID, Submission: sub})
	if err != nil {
		return finding.Verdict{}, err
	}
	return verdictOf(ex, exit)
}

// replayDisposable has a schedule of a submission run again by a process of its own.
func (a *app) replayDisposable(ctx context.Context, ex exercise.Exercise, sub submission.Submission, schedule string) (r finding.Replay, err error) {
	exit, err := a.runApart(ctx, ex, disposableJob{Exercise: ex.ID, Submission: sub, Schedule: schedule})
	switch {
	case err != nil:
		return r, err
	case exit.Hungry:
		return r, errors.New("it takes too much memory")
	}
	if err := faultOf(exit); err != nil {
		return r, err
	}
	if err := json.Unmarshal(exit.Stdout, &r); err != nil {
		return r, fmt.Errorf("nothing was printed that says what happened: %w", err)
	}
	return r, nil
}

// disposableLimits are those of a process with all that it starts.
var disposableLimits = sandbox.Limits{Wall: disposableWall, Memory: disposableMemory, Output: disposableOutput}

// runApart runs a process that can be thrown away, as confined as code is that nobody has read.
func (a *app) runApart(ctx context.Context, ex exercise.Exercise, j disposableJob) (exit sandbox.Exit, err error) {
	if err := a.prepareConfined(ctx, ex); err != nil {
		return exit, err
	}
	j.Sandbox = a.tier()
	err = withJob(j, func(job *os.File) error {
		exit, err = a.runConfined(ctx, disposableCommand, job, disposableLimits)
		return err
	})
	return exit, err
}

// checkWatched has somebody's own program checked by a process that can be thrown away.
func (a *app) checkWatched(ctx context.Context, t checker.Task) (v finding.Verdict, err error) {
	steps, said, err := os.Pipe()
	if err != nil {
		return v, err
	}
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		for lines := bufio.NewScanner(steps); lines.Scan(); {
			t.Progress(lines.Text())
		}
	}()
	var exit sandbox.Exit
	err = withJob(disposableJob{Exercise: t.Exercise.ID, Submission: t.Submission, Alone: true, Trace: t.Trace}, func(job *os.File) error {
		exit, err = a.runLimited(ctx, sandbox.Command{
			Argv: []string{disposableCommand}, Files: []*os.File{job, said}, Limits: disposableLimits,
		})
		return err
	})
	_ = said.Close()
	<-heard
	_ = steps.Close()
	if err != nil {
		return v, err
	}
	return verdictOf(t.Exercise, exit)
}

// withJob runs something that reads a job from a pipe, as JSON.
func withJob(j any, run func(job *os.File) error) error {
	text, err := json.Marshal(j)
	if err != nil {
		return err
	}
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	sent := make(chan error, 1)
	go func() {
		_, err := w.Write(text) // an error if the process ends before it has read all
		sent <- errors.Join(err, w.Close())
	}()
	err = run(r)
	_ = r.Close()
	<-sent
	return err
}

// verdictOf is what such a process has printed, or what its end says.
func verdictOf(ex exercise.Exercise, exit sandbox.Exit) (v finding.Verdict, err error) {
	switch {
	case exit.Hungry:
		return tooMuch(ex, finding.Breach{Rule: finding.RuleMemory, KiB: disposableMemory >> 10}), nil
	case exit.Signal == syscall.SIGKILL && exit.CPU > disposableProcessor*9/10: // clocks differ a little
		return tooMuch(ex, finding.Breach{Rule: finding.RuleProcessor, Want: disposableProcessor.String()}), nil
	case exit.TimedOut:
		return rubric.Unclear(ex, finding.Doubtf(finding.DoubtBudget, "the check had not finished after %v", disposableWall)), nil
	}
	if err := faultOf(exit); err != nil {
		return v, err
	}
	if err := json.Unmarshal(exit.Stdout, &v); err != nil {
		return v, fmt.Errorf("the check printed no verdict: %w", err)
	}
	return v, nil
}

// faultOf is why such a process has no result.
func faultOf(exit sandbox.Exit) error {
	var said disposableFault
	switch {
	case exit.TimedOut:
		return fmt.Errorf("the check had not finished after %v", disposableWall)
	case exit.Code == statusNotAble && json.Unmarshal(exit.Stdout, &said) == nil && said.Fault != "":
		return errors.New(said.Fault)
	case exit.Code != statusPass:
		return fmt.Errorf("the process of the check ended with status %d, signal %d%s", exit.Code, exit.Signal, crashOf(exit.Stderr))
	}
	return nil
}

// crashOf is what a Go program that crashed says of it, in parentheses; "" if it says nothing.
func crashOf(stderr []byte) string {
	for line := range strings.Lines(string(stderr)) {
		if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") {
			return " (racelab has crashed: " + strings.TrimSpace(line) + ")"
		}
	}
	return ""
}

// tooMuch is the verdict on a submission that takes more than any check should.
func tooMuch(ex exercise.Exercise, breach finding.Breach) finding.Verdict {
	return rubric.Judge(ex, rubric.Evidence{Findings: []finding.Finding{submission.Breach(ex.Files[0], breach)}})
}
