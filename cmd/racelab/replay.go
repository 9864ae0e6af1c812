package main

import (
	"context"
	"errors"
	"fmt"

	"racelab/checker"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/schedule"

	"github.com/spf13/cobra"
)

func (a *app) newReplayCommand() *cobra.Command {
	var flags renderFlags
	cmd := &cobra.Command{
		Use:   "replay [NN] SCHEDULE",
		Short: "Watch a problem happen, step by step",
		Long: `Run one test of an exercise again, in exactly the order of goroutines that
SCHEDULE says, and show what each of them did: one column for each goroutine,
one row for each step. check prints the schedule of a problem that it found by
exploring.

Without NN, replay takes the exercise in whose folder you are, or else the next
one that is not done. When the program has changed since then, replay says at
which step it does something else. ` + "`racelab explain explore`" + ` explains schedules.

Exit status: 0 nothing goes wrong in this schedule; 1 something does; 2 the
command makes no sense; 3 racelab could not tell.`,
		Example: `  racelab replay 01 TestRushHour:b2a:11.0f3kq8t1v2d.9c0e
  racelab replay 01 TestRushHour:b2a:11.0f3kq8t1v2d.9c0e --json`,
		Args:              atMost(2),
		ValidArgsFunction: a.completeExercise(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.complete(cmd, report.ForReplay); err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("say which schedule. `%s check` prints the whole command for what it finds by exploring.", a.command)
			}
			last := len(args) - 1
			return a.runReplay(cmd.Context(), args[:last], args[last], flags)
		},
	}
	flags.add(cmd, report.ForReplay)
	cmd.Flags().BoolVar(&flags.full, "full", false, "show all steps, however many there are")
	return cmd
}

func (a *app) runReplay(ctx context.Context, args []string, text string, flags renderFlags) error {
	if _, err := schedule.Parse(text); err != nil {
		return usage("%q is not a schedule, which looks like TestName:a3b:5.0f3kq.9c0e. "+
			"Copy it whole from what `%s check` says.", text, a.command)
	}
	t, err := a.target(args, flags.from)
	if err != nil {
		return err
	}
	sub, err := t.read()
	if err != nil {
		return err
	}
	progress := a.startProgress(ctx)
	r, err := a.replay(ctx, checker.Task{Exercise: t.ex, Submission: sub, Progress: progress.say}, text)
	progress.stop()
	if err != nil {
		return a.notReplayed(t, err)
	}
	v := finding.Verdict{Exercise: r.Exercise, Findings: r.Findings}
	if err := flags.format.Replay(a.stdout, r, a.style(flags), a.known(t, v, sub)); err != nil {
		return err
	}
	return statusOfReplay(r)
}

// notReplayed adds what to do about err.
func (a *app) notReplayed(t target, err error) error {
	switch {
	case errors.Is(err, checker.ErrSchedule):
		return usage("%s: %v.", t.ex.ID, err)
	case errors.Is(err, checker.ErrNotBuilt):
		return fmt.Errorf("cannot replay a schedule of %s: %w. `%s check %02d` says more", t.ex.ID, inWords(err), a.command, t.ex.Number)
	}
	return fmt.Errorf("cannot replay a schedule of %s: %w", t.ex.ID, err)
}

// inWords says what the defect is that an error is about, if it is about one.
func inWords(err error) error {
	if d, ok := errors.AsType[*finding.DefectError](err); ok {
		return fmt.Errorf("%w: %s", d.Why, report.Message(d.Finding))
	}
	return err
}

// statusOfReplay: a schedule that is no longer that of the program says nothing
// about it, unless it shows a problem all the same.
func statusOfReplay(r finding.Replay) error {
	for _, f := range r.Findings {
		if f.Severity != finding.Warning {
			return verdictStatus(statusFail)
		}
	}
	if r.Diverged != nil || r.Undetermined {
		return verdictStatus(statusNotAble)
	}
	return nil
}
