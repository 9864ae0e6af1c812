package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"racelab/checker"
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

// A disposableJob is a submission, as the process gets it.
type disposableJob struct {
	Exercise   string                `json:"exercise"`
	Submission submission.Submission `json:"submission"`
}

// newDisposableCommand grades the one submission that descriptor 3 has, and prints the
// verdict as JSON.
func newDisposableCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: disposableCommand, Hidden: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			job := os.NewFile(3, "job")
			if job == nil {
				return usage("%s is for racelab itself.", disposableCommand)
			}
			defer job.Close()
			if err := limitProcessor(disposableProcessor); err != nil {
				return err
			}
			var j disposableJob
			if err := json.NewDecoder(job).Decode(&j); err != nil {
				return usage("%s is for racelab itself.", disposableCommand)
			}
			return a.runDisposable(cmd.Context(), j)
		},
	}
}

func (a *app) runDisposable(ctx context.Context, j disposableJob) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	ex, err := a.find(set, j.Exercise)
	if err != nil {
		return err
	}
	v, err := a.checkBeside(ctx, checker.Task{Exercise: ex, Submission: j.Submission})
	if err != nil {
		return err
	}
	return json.NewEncoder(a.stdout).Encode(v)
}

// checkDisposable has a submission graded by a process of its own.
func (a *app) checkDisposable(ctx context.Context, ex exercise.Exercise, sub submission.Submission) (finding.Verdict, error) {
	exe, err := os.Executable()
	if err != nil {
		return finding.Verdict{}, err
	}
	job, err := json.Marshal(disposableJob{ex.ID, sub})
	if err != nil {
		return finding.Verdict{}, err
	}
	r, w, err := os.Pipe()
	if err != nil {
		return finding.Verdict{}, err
	}
	sent := make(chan error, 1)
	go func() {
		_, err := w.Write(job) // an error if the process ends before it has read all
		sent <- errors.Join(err, w.Close())
	}()
	exit, err := sandbox.Limited{}.Run(ctx, sandbox.Command{
		Argv: []string{exe, disposableCommand}, Dir: a.cwd, Env: os.Environ(), Files: []*os.File{r},
		Limits: sandbox.Limits{Wall: disposableWall, Memory: disposableMemory, Output: disposableOutput},
	})
	_ = r.Close()
	<-sent
	if err != nil {
		return finding.Verdict{}, err
	}
	return verdictOf(ex, exit)
}

// verdictOf is what such a process has printed, or what its end says.
func verdictOf(ex exercise.Exercise, exit sandbox.Exit) (v finding.Verdict, err error) {
	switch {
	case exit.Hungry:
		return tooMuch(ex, finding.Breach{Rule: finding.RuleMemory, KiB: disposableMemory >> 10}), nil
	case exit.Signal == syscall.SIGKILL && exit.CPU > disposableProcessor*9/10: // clocks differ a little
		return tooMuch(ex, finding.Breach{Rule: finding.RuleProcessor, Want: disposableProcessor.String()}), nil
	case exit.TimedOut:
		return v, fmt.Errorf("the check had not finished after %v", disposableWall)
	case exit.Code == statusNotAble:
		return v, errors.New(strings.TrimSpace(strings.TrimPrefix(string(exit.Stderr), "racelab: ")))
	case exit.Code != statusPass:
		return v, fmt.Errorf("the process of the check ended with status %d, signal %d", exit.Code, exit.Signal)
	}
	if err := json.Unmarshal(exit.Stdout, &v); err != nil {
		return v, fmt.Errorf("the check printed no verdict: %w", err)
	}
	return v, nil
}

// tooMuch is the verdict on a submission that takes more than any check should.
func tooMuch(ex exercise.Exercise, breach finding.Breach) finding.Verdict {
	return rubric.Judge(ex, rubric.Evidence{Findings: []finding.Finding{submission.Breach(ex.Files[0], breach)}})
}
