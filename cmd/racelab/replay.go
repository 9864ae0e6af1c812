package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"racelab/checker"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/schedule"

	"github.com/spf13/cobra"
)

func (a *app) newReplayCommand() *cobra.Command {
	var flags renderFlags
	cmd := &cobra.Command{
		Use:   "replay [NN] [PROBLEM | SCHEDULE]",
		Short: "Watch a problem happen, step by step",
		Long: `Watch a problem of the last check happen: run its test again, in exactly the
order of goroutines in which it was found, and show what each of them did: one
column for each goroutine, one row for each step. PROBLEM is its number in what
check said; without one it is the first.

Without NN, replay takes the exercise in whose folder you are, or else the next
one that is not done. When the program has changed since the check, replay says
whether something still goes wrong in this order.

The order is a SCHEDULE, a text that can be given in place of the number, so
that others can run it too: check --full and check --json show it.
` + "`racelab explain explore`" + ` explains schedules.

Exit status: 0 nothing goes wrong in this schedule; 1 something does; 2 the
command makes no sense; 3 racelab could not tell.`,
		Example: `  racelab replay 01
  racelab replay 01 2
  racelab replay 01 TestRushHour:b2a:11.0f3kq8t1v2d.9c0e
  racelab replay 01 2 --html   as a page, to step through
  racelab replay 01 2 --json`,
		Args:              func(cmd *cobra.Command, args []string) error { return atMost(2)(cmd, flags.args(args)) },
		ValidArgsFunction: a.completeReplay,
		RunE: func(cmd *cobra.Command, args []string) error {
			args = flags.takeFile(args)
			if err := flags.complete(cmd, report.ForReplay); err != nil {
				return err
			}
			exercise, which := splitReplayArgs(args)
			return a.runReplay(cmd.Context(), exercise, which, flags)
		},
	}
	flags.add(cmd, report.ForReplay)
	cmd.Flags().BoolVar(&flags.full, "full", false, "show all steps, however many there are")
	return cmd
}

// splitReplayArgs tells the exercise, if it is given, from what to replay, "" for the first
// problem. One argument alone is a schedule if it looks like one.
func splitReplayArgs(args []string) (exercise []string, which string) {
	switch {
	case len(args) == 2:
		return args[:1], args[1]
	case len(args) == 1 && strings.Contains(args[0], ":"):
		return nil, args[0]
	}
	return args, ""
}

func (a *app) runReplay(ctx context.Context, args []string, which string, flags renderFlags) error {
	if err := a.canReplay(which); err != nil {
		return err
	}
	t, err := a.target(args, flags.from)
	if err != nil {
		return err
	}
	sub, err := t.read()
	if err != nil {
		return err
	}
	text, err := a.scheduleOf(t, which)
	if err != nil {
		return err
	}
	progress := a.startProgress(ctx)
	r, err := a.replay(ctx, checker.Task{Exercise: t.ex, Submission: sub, Progress: progress.say, Trace: true, Nearest: flags.format.Page}, text)
	progress.stop()
	if errors.Is(err, checker.ErrSchedule) && text != which {
		return usage("what the last check of %s said is of another racelab: its schedule does not fit the tests of this one. `%s check %02d` checks anew.",
			t.ex.ID, a.command, t.ex.Number)
	}
	if err != nil {
		return a.notReplayed(t, err)
	}
	known := a.known(t, finding.Verdict{Exercise: r.Exercise, Findings: r.Findings}, sub)
	if text == which {
		known.Submission.Changed = false // nobody knows what this schedule is of
	}
	err = a.deliver(t, flags, r.Test, func(w io.Writer) error {
		return flags.format.Replay(w, r, a.style(flags), known)
	})
	if err != nil {
		return err
	}
	return statusOfReplay(r)
}

// canReplay refuses what is neither the number of a problem nor a schedule.
func (a *app) canReplay(which string) error {
	if n, err := strconv.ParseUint(which, 10, 31); which == "" || err == nil && n > 0 {
		return nil
	}
	if _, err := schedule.Parse(which); err != nil {
		return usage("%q is neither the number of a problem nor a schedule, which looks like TestName:a3b:5.0f3kq.9c0e. "+
			"Copy it whole from what `%s check --full` says.", which, a.command)
	}
	return nil
}

// notReplayed adds what to do about err.
func (a *app) notReplayed(t target, err error) error {
	switch {
	case errors.Is(err, checker.ErrSchedule):
		return usage("%s: %v.", t.ex.ID, err)
	case errors.Is(err, checker.ErrNotBuilt):
		return fmt.Errorf("cannot replay a schedule of %s: %w. `%s` says more", t.ex.ID, inWords(err), a.wordFor("check", t))
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
