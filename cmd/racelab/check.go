package main

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/submission"

	"github.com/spf13/cobra"
)

// checkFlags are the flags of check.
type checkFlags struct {
	from   string
	format string
	full   bool
	trace  bool
}

func (a *app) newCheckCommand() *cobra.Command {
	var flags checkFlags
	cmd := &cobra.Command{
		Use:   "check [NN | all]",
		Short: "Say what is wrong with your version, or that it passes",
		Long: `Build your version of an exercise, run its tests many times under the race
detector and under go-deadlock, then in many orders of their goroutines that
racelab chooses, look for goroutines that are left behind, compare with the
reference solution, and say what was found.

Without NN, check takes the exercise in whose folder you are, or else the next
one that is not done. The first check on a machine takes about half a minute
longer, because Go builds its standard library for the race detector.

Exit status: 0 it passes; 1 it does not; 2 the command makes no sense; 3 racelab
could not tell.`,
		Example: `  racelab check 01
  racelab check pipe-ends
  racelab check all
  racelab check 01 --from ~/other/bank   the files there instead; not recorded
  racelab check 01 --json                one JSON object, for programs`,
		Args:              atMost(1),
		ValidArgsFunction: a.completeExercise("all"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkFormat(cmd, flags.format, flags.from); err != nil {
				return err
			}
			return a.runCheck(cmd.Context(), args, flags)
		},
	}
	a.addSubmissionFlags(cmd, &flags.from, &flags.format)
	cmd.Flags().BoolVar(&flags.full, "full", false, "show all problems, with the detectors' own output")
	cmd.Flags().BoolVar(&flags.trace, "trace", false, "add the steps of each schedule that was found")
	return cmd
}

// A target is one submission to check.
type target struct {
	ex  exercise.Exercise
	dir string
	// file is the name in dir of the one file that was handed in, whatever it is
	// called; "" when dir has the files under their own names.
	file string
	// ws is where a pass is recorded; nil when the submission is not the
	// workspace's own.
	ws *workspace
}

func (a *app) runCheck(ctx context.Context, args []string, flags checkFlags) error {
	if len(args) > 0 && args[0] == "all" {
		return a.checkAll(ctx, flags)
	}
	t, err := a.target(args, flags.from)
	if err != nil {
		return err
	}
	v, sub, err := a.grade(ctx, t, flags.trace)
	if err != nil {
		return a.notGraded(ctx, t.ex, flags.format, err)
	}
	if err := a.show(t, v, sub, flags); err != nil {
		return err
	}
	return statusOf(v.Outcome)
}

// grade reads and checks a submission.
func (a *app) grade(ctx context.Context, t target, trace bool) (finding.Verdict, submission.Submission, error) {
	sub, err := t.read()
	if err != nil {
		return finding.Verdict{}, sub, err
	}
	v, err := a.gradeSubmission(ctx, t, sub, trace)
	return v, sub, err
}

// gradeSubmission runs the checker, with a progress line meanwhile, and records
// a pass.
func (a *app) gradeSubmission(ctx context.Context, t target, sub submission.Submission, trace bool) (finding.Verdict, error) {
	progress := a.startProgress(ctx)
	v, err := a.check(ctx, checker.Task{Exercise: t.ex, Submission: sub, Progress: progress.say, Trace: trace})
	progress.stop()
	if err == nil {
		a.recordVerdict(t, v)
	}
	return v, err
}

// recordVerdict remembers the first pass.
func (a *app) recordVerdict(t target, v finding.Verdict) {
	if t.ws == nil || v.Outcome != finding.Pass {
		return
	}
	now := a.now().UTC().Truncate(1e9)
	a.remember(*t.ws, t.ex.ID, func(e *exerciseProgress) {
		if e.Passed == nil {
			e.Passed = &now
		}
	})
}

func statusOf(o finding.Outcome) error {
	switch o {
	case finding.Pass:
		return nil
	case finding.Fail:
		return verdictStatus(statusFail)
	}
	return verdictStatus(statusNotAble)
}

// notGraded turns a fault of ours into a JSON object for those who read JSON;
// everybody gets the error.
func (a *app) notGraded(ctx context.Context, ex exercise.Exercise, format string, err error) error {
	err = fmt.Errorf("cannot grade %s: %w", ex.ID, err)
	if format == "json" && ctx.Err() == nil {
		v := finding.Verdict{Exercise: ex.ID, Outcome: finding.Inconclusive, Reason: err.Error(), MaxScore: ex.MaxScore()}
		if err := report.JSON(a.stdout, v); err != nil {
			return err
		}
	}
	return err
}

// show writes the report.
func (a *app) show(t target, v finding.Verdict, sub submission.Submission, flags checkFlags) error {
	if flags.format == "json" {
		return report.JSON(a.stdout, v)
	}
	if err := report.Text(a.stdout, v, a.reportOptions(t, v, sub, flags.full)); err != nil {
		return err
	}
	if t.ws == nil && v.Outcome == finding.Pass {
		what := "these were the files in " + a.shorten(t.dir)
		if t.file != "" {
			what = "this was " + a.shorten(joinPath(t.dir, t.file))
		}
		a.note("%s, so nothing is recorded in a workspace.", what)
	}
	return nil
}

func (a *app) reportOptions(t target, v finding.Verdict, sub submission.Submission, full bool) report.Options {
	opts := report.Options{
		Palette: a.palette, Width: a.width, Full: full, Command: a.command,
		Files:       sourcesToQuote(t.ex, sub),
		Hints:       len(t.ex.Hints),
		SameOutcome: t.ex.Outcome == exercise.OutcomeOne,
		Reference:   t.ex.Reference != nil,
		InWorkspace: t.ws != nil,
		Unexpected:  showsUnexpected(t.ex, v),
		Learned:     t.ex.Learn,
		From:        a.fromWord(t),
	}
	if names := t.names(); len(names) == 1 {
		opts.Edit = a.shorten(joinPath(t.dir, names[0]))
	}
	if t.ws == nil {
		return opts
	}
	p := a.progress(*t.ws)
	if passed := p.Exercises[t.ex.ID].Passed; passed != nil {
		opts.Passed = passed.Local()
	}
	opts.HintsShown = min(p.Exercises[t.ex.ID].Hints, opts.Hints)
	if set, err := a.set(); err == nil {
		if next, ok := nextUndone(set, p, t.ex.Number); ok {
			opts.Next = next.ID
		}
	}
	return opts
}

// fromWord is what --from was given for t; "" for what lies in the workspace.
func (a *app) fromWord(t target) string {
	switch {
	case t.ws != nil:
		return ""
	case t.file != "":
		return shellWord(a.shorten(joinPath(t.dir, t.file)))
	}
	return shellWord(a.shorten(t.dir))
}

// showsUnexpected reports whether v has a kind of error that the exercise as it
// is handed out does not show.
func showsUnexpected(ex exercise.Exercise, v finding.Verdict) bool {
	return slices.ContainsFunc(v.Errors(), func(f finding.Finding) bool {
		return !slices.ContainsFunc(ex.Expect, func(e exercise.Expect) bool { return e.Kind == f.Kind })
	})
}

// sourcesToQuote are the files that a location may name.
func sourcesToQuote(ex exercise.Exercise, sub submission.Submission) map[string][]byte {
	files := maps.Clone(sub.Files)
	if files == nil {
		files = map[string][]byte{}
	}
	tests, err := ex.TestFiles()
	if err != nil {
		return files // the report is less vivid, and still true
	}
	for _, name := range tests {
		if src, err := fs.ReadFile(ex.Dir, name); err == nil {
			files[name] = src
		}
	}
	return files
}
