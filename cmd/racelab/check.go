package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/lastcheck"
	"racelab/checker/report"
	"racelab/checker/rubric"
	"racelab/checker/submission"

	"github.com/spf13/cobra"
)

// checkFlags are the flags of check.
type checkFlags struct {
	renderFlags
	trace bool
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
  racelab check 01 --html                a page, with drawings of what happens
  racelab check all --html pages         a page for each, in a folder
  racelab check 01 --json                one JSON object, for programs`,
		Args:              func(cmd *cobra.Command, args []string) error { return atMost(1)(cmd, flags.args(args)) },
		ValidArgsFunction: a.completeExercise("all"),
		RunE: func(cmd *cobra.Command, args []string) error {
			args = flags.takeFile(args)
			if len(args) > 0 && args[0] == "all" {
				if err := flags.complete(cmd, report.ForCheckAll); err != nil {
					return err
				}
				return a.checkAll(cmd.Context(), flags)
			}
			if err := flags.complete(cmd, report.ForCheck); err != nil {
				return err
			}
			return a.runCheck(cmd.Context(), args, flags)
		},
	}
	flags.add(cmd, report.ForCheck, report.ForCheckAll)
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
	// lab's own.
	lab *lab
}

func (a *app) runCheck(ctx context.Context, args []string, flags checkFlags) error {
	t, err := a.target(args, flags.from)
	if err != nil {
		return err
	}
	v, sub, err := a.grade(ctx, t, flags)
	if err != nil {
		return a.notGraded(ctx, t.ex, flags, err)
	}
	if err := a.show(t, v, sub, flags.renderFlags); err != nil {
		return err
	}
	return statusOf(v.Outcome)
}

// grade reads and checks a submission.
func (a *app) grade(ctx context.Context, t target, flags checkFlags) (finding.Verdict, submission.Submission, error) {
	sub, err := t.read()
	if err != nil {
		return finding.Verdict{}, sub, err
	}
	v, err := a.gradeSubmission(ctx, t, sub, flags)
	return v, sub, err
}

// gradeSubmission runs the checker, with a progress line meanwhile, and records
// a pass.
func (a *app) gradeSubmission(ctx context.Context, t target, sub submission.Submission, flags checkFlags) (finding.Verdict, error) {
	progress := a.startProgress(ctx)
	v, err := a.checkAlone(ctx, checker.Task{Exercise: t.ex, Submission: sub, Progress: progress.say, Trace: flags.trace || flags.format.Page})
	progress.stop()
	if err != nil {
		return v, err
	}
	compared := sinceLast(t, v, sub)
	a.recordVerdict(t, v, sub)
	return compared, nil
}

// sinceLast adds what has changed since the last check of the lab's own version.
func sinceLast(t target, v finding.Verdict, sub submission.Submission) finding.Verdict {
	if t.lab == nil || v.Outcome == finding.Inconclusive {
		return v
	}
	if last, ok := t.lab.checks().Read(t.ex.ID); ok {
		return last.Compared(v, sub.Files)
	}
	return v
}

// recordVerdict keeps what is known of the lab's own version, and remembers the first pass.
func (a *app) recordVerdict(t target, v finding.Verdict, sub submission.Submission) {
	if t.lab == nil || v.Outcome == finding.Inconclusive {
		return
	}
	now := a.now().UTC().Truncate(1e9)
	t.lab.checks().Keep(lastcheck.New(v, sub.Files, now))
	if v.Outcome != finding.Pass {
		return
	}
	a.remember(*t.lab, t.ex.ID, func(e *exerciseProgress) {
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

// notGraded renders a fault of ours for those who want an answer in any case;
// everybody gets the error.
func (a *app) notGraded(ctx context.Context, ex exercise.Exercise, flags checkFlags, err error) error {
	err = cannotGrade(ex, err)
	if flags.format.ForPrograms && ctx.Err() == nil {
		if err := flags.format.Check(a.stdout, ungraded(ex, err), a.style(flags.renderFlags), report.Context{Command: a.command}); err != nil {
			return err
		}
	}
	return err
}

func cannotGrade(ex exercise.Exercise, err error) error {
	return fmt.Errorf("cannot grade %s: %w", ex.ID, err)
}

// ungraded is the verdict that says no more than err.
func ungraded(ex exercise.Exercise, err error) finding.Verdict {
	return rubric.Unclear(ex, finding.Doubtf(finding.DoubtMachine, "%v", err))
}

// show writes the report.
func (a *app) show(t target, v finding.Verdict, sub submission.Submission, flags renderFlags) error {
	err := a.deliver(t, flags, "", func(w io.Writer) error {
		return flags.format.Check(w, v, a.style(flags), a.known(t, v, sub))
	})
	if err != nil {
		return err
	}
	if t.lab == nil && v.Outcome == finding.Pass && !flags.format.ForPrograms {
		what := "these were the files in " + a.shorten(t.dir)
		if t.file != "" {
			what = "this was " + a.shorten(joinPath(t.dir, t.file))
		}
		a.note("%s, so nothing is recorded in a lab.", what)
	}
	if !flags.format.ForPrograms {
		a.noteOld(t)
	}
	return nil
}

// known is what a report may say beside the verdict.
func (a *app) known(t target, v finding.Verdict, sub submission.Submission) report.Context {
	known := report.Context{
		Command: a.command,
		Submission: report.Submission{
			Files:      sourcesToQuote(t.ex, sub),
			Paths:      a.pathsOf(t, sub),
			From:       a.fromWord(t),
			InLab:      t.lab != nil,
			Unexpected: showsUnexpected(t.ex, v),
		},
		Hints: report.Hints{Count: len(t.ex.Hints)},
		Lesson: report.Lesson{
			Learned:     t.ex.Learn,
			SameOutcome: t.ex.Outcome == exercise.OutcomeOne,
			Reference:   t.ex.Reference != nil,
		},
	}
	if names := t.names(); len(names) == 1 {
		known.Submission.Edit = a.shorten(joinPath(t.dir, names[0]))
	}
	if t.lab == nil {
		return known
	}
	if last, ok := t.lab.checks().Read(t.ex.ID); ok {
		known.Submission.Changed = !last.Of(sub.Files)
		known.Submission.Remembered = !known.Submission.Changed && last.Numbers(v)
	}
	p := a.progress(*t.lab)
	if passed := p.Exercises[t.ex.ID].Passed; passed != nil {
		known.Submission.Passed = passed.Local()
	}
	known.Hints.Shown = min(p.Exercises[t.ex.ID].Hints, known.Hints.Count)
	if set, err := a.set(); err == nil {
		if next, ok := nextUndone(set, p, t.ex.Number); ok {
			known.Lesson.Next = next.ID
		}
	}
	return known
}

// wordFor is the command of a verb for the same submission.
func (a *app) wordFor(verb string, t target) string {
	word := fmt.Sprintf("%s %s %02d", a.command, verb, t.ex.Number)
	if from := a.fromWord(t); from != "" {
		word += " --from " + from
	}
	return word
}

// fromWord is what --from was given for t; "" for what lies in the lab.
func (a *app) fromWord(t target) string {
	switch {
	case t.lab != nil:
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

// pathsOf are where the files of a submission lie, and the tests if they lie beside them.
func (a *app) pathsOf(t target, sub submission.Submission) map[string]report.Path {
	paths := map[string]report.Path{}
	for name := range sourcesToQuote(t.ex, sub) {
		full := joinPath(t.dir, name)
		if _, handedIn := sub.Files[name]; handedIn && t.file != "" {
			full = joinPath(t.dir, t.file)
		}
		if isFile(full) {
			paths[name] = report.Path{Shown: a.shorten(full), Full: full}
		}
	}
	return paths
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
