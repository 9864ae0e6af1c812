package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"racelab/checker"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/schedule"

	"github.com/spf13/cobra"
)

// replayFlags are the flags of replay.
type replayFlags struct {
	from   string
	format string
	full   bool
}

func (a *app) newReplayCommand() *cobra.Command {
	var flags replayFlags
	cmd := &cobra.Command{
		Use:   "replay [NN] SCHEDULE",
		Short: "Watch a problem happen, step by step",
		Long: `Run one test of an exercise again, in exactly the order of goroutines that
SCHEDULE says, and show who did what: one column for each goroutine, one row for
each step. Where check found a problem by trying one order after the other, it
says the schedule.

Without NN, replay takes the exercise in whose folder you are, or else the next
one that is not done. When the program has changed since, replay says at which
step it goes another way. ` + "`racelab explain explore`" + ` explains schedules.

Exit status: 0 nothing goes wrong in this schedule; 1 something does; 2 the
command makes no sense; 3 racelab could not tell.`,
		Example: `  racelab replay 01 TestRushHour:b2a:11.0f3kq8t1v2d.9c0e
  racelab replay 01 TestRushHour:b2a:11.0f3kq8t1v2d.9c0e --json`,
		Args:              atMost(2),
		ValidArgsFunction: a.completeExercise(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkFormat(cmd, flags.format, flags.from); err != nil {
				return err
			}
			if len(args) == 0 {
				return usage("say which schedule. `%s check` prints the whole command for what it finds by exploring.", a.command)
			}
			last := len(args) - 1
			return a.runReplay(cmd.Context(), args[:last], args[last], flags)
		},
	}
	a.addSubmissionFlags(cmd, &flags.from, &flags.format)
	cmd.Flags().BoolVar(&flags.full, "full", false, "show all steps, however many there are")
	return cmd
}

func (a *app) runReplay(ctx context.Context, args []string, text string, flags replayFlags) error {
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
	if flags.format == "json" {
		err = report.ReplayJSON(a.stdout, r)
	} else {
		v := finding.Verdict{Exercise: r.Exercise, Findings: r.Findings}
		err = report.Replay(a.stdout, r, a.reportOptions(t, v, sub, flags.full))
	}
	if err != nil {
		return err
	}
	return statusOfReplay(r)
}

// notReplayed says what to do about it.
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

// addSubmissionFlags adds the flags of commands that judge a submission.
func (a *app) addSubmissionFlags(cmd *cobra.Command, from, format *string) {
	cmd.Flags().StringVar(from, "from", "", "check the files in `DIR` or DIR/NN-slug, or one file")
	cmd.Flags().StringVar(format, "format", "text", "`FORMAT` of the report: text or json")
	cmd.Flags().BoolFunc("json", "the same as --format json", func(string) error {
		*format = "json"
		return nil
	})
	_ = cmd.MarkFlagFilename("from", "go")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(
		[]cobra.Completion{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
}

// checkFormat refuses values of these flags that make no sense.
func checkFormat(cmd *cobra.Command, format, from string) error {
	if format != "text" && format != "json" {
		return usage("--format is text or json, not %q.", format)
	}
	if cmd.Flags().Changed("from") && from == "" {
		return usage("--from needs the name of a folder, or of a file.")
	}
	return nil
}

// shellWord is s as shells take it for one word.
func shellWord(s string) string {
	if s != "" && strings.Trim(s, safeInShells) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

const safeInShells = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./,:@%+="
