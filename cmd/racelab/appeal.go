package main

import (
	"context"
	"fmt"
	"slices"

	"racelab/checker/classroom"
	"racelab/checker/classroom/appeal"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/store"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
	"racelab/checker/submission"

	"github.com/spf13/cobra"
)

func newAppealCommand(a *app) *cobra.Command {
	var from string
	cmd := &cobra.Command{
		Use:   "appeal STUDENT NN [DIR]",
		Short: "Run again what has cost a student points",
		Long: `Run again exactly what has cost STUDENT points for exercise NN, and say whether
that stands. What exploring has found has a schedule, which is run once more;
what was found otherwise is looked for with another check. Each runs in a
process of its own and within walls, as grading does. No record changes.

The store has what was graded, unless it was merged from what shards have
printed. Then DIR is the class, as grade gets it; only files that are the graded
ones, by their hash, are taken from there.

A line of the rubric stands if one of the problems that have cost its points
happens again. Where one does not, grade again, with a reason:

  racelab grade submissions --only ada --exercises 03 --regrade appeal

Exit status: 0 all points that were lost stay lost; 1 some do not stand; 2 the
command makes no sense; 3 racelab could not run it again.`,
		Example: `  racelab appeal ada 03
  racelab appeal ada 03 submissions --store class.db`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 || len(args) > 3 {
				return usage("appeal needs the student and the exercise, as in `%s appeal ada 03`.", a.command)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runAppeal(cmd.Context(), args[0], args[1], slices.Concat(args[2:], []string{""})[0], from)
		},
	}
	cmd.Flags().StringVar(&from, "store", gradesFile, "`FILE` that has the records")
	return cmd
}

func (a *app) runAppeal(ctx context.Context, student, name, dir, from string) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	ex, err := a.find(set, name)
	if err != nil {
		return err
	}
	c, err := a.appealed(student, ex, dir, from)
	if err != nil {
		return err
	}
	a.say("%s for %s: %d of %s.", terminal.Line(student), ex.ID, c.Score, report.Count(c.MaxScore, "point"))
	if nothing := nothingToRun(c.Record); nothing != "" {
		a.say("%s", nothing)
		return nil
	}
	if c.Inconclusive() {
		return fmt.Errorf("racelab could not tell when it graded this (%s), so there is no problem to run again. Grade it again", c.why())
	}
	if c.Score >= c.MaxScore {
		a.say("No points were lost.")
		return nil
	}
	h, err := a.hear(ctx, c)
	if err != nil {
		return err
	}
	a.sayHearing(h)
	return a.concludeAppeal(c, h)
}

// A cause is the record that is appealed against, and what was handed in.
type cause struct {
	record.Record
	ex  exercise.Exercise
	sub submission.Submission
}

// why says why there is no verdict.
func (c cause) why() string {
	if c.Verdict == nil || c.Verdict.Reason == "" {
		return "nobody knows why"
	}
	return c.Verdict.Reason
}

// nothingToRun says of a record that no program was run for it.
func nothingToRun(r record.Record) string {
	switch r.State {
	case record.Missing:
		return "Nothing was handed in, so there is nothing to run. It stands."
	case record.Untouched:
		return "The program is as it was handed out, which has no points. It stands."
	}
	return ""
}

// appealed finds the record, and what was handed in.
func (a *app) appealed(student string, ex exercise.Exercise, dir, from string) (c cause, err error) {
	s, err := store.OpenToRead(a.abs(from))
	if err != nil {
		return c, a.noStore(from, err)
	}
	defer s.Close()
	r, ok, err := s.Record(student, ex.ID)
	switch {
	case err != nil:
		return c, err
	case !ok:
		return c, usage("there is no record of a student %q for %s.", student, ex.ID)
	case nothingToRun(r) != "", r.Submission == "": // none, or none that could be read
		return cause{r, ex, submission.Submission{}}, nil
	}
	sub, ok, err := s.Source(r.Submission)
	if err != nil {
		return c, err
	}
	if ok && classroom.Hash(sub) == r.Submission {
		return cause{r, ex, sub}, nil
	}
	sub, err = a.fromClass(dir, r, ex)
	return cause{r, ex, sub}, err
}

// fromClass finds what was graded among what was handed in: by its hash, so that nothing else
// is taken for it.
func (a *app) fromClass(dir string, r record.Record, ex exercise.Exercise) (none submission.Submission, err error) {
	if dir == "" {
		return none, fmt.Errorf("the store does not have what %s handed in. Say where the class is, as in `%s appeal %s %02d DIR`", r.Student, a.command, shellWord(r.Student), ex.Number)
	}
	c, err := a.openClass(dir)
	if err != nil {
		return none, err
	}
	defer c.Close()
	for _, h := range c.Handins {
		if sub, ok := c.Read(h, exercise.Set{ex}).Submissions[ex.ID]; ok && classroom.Hash(sub) == r.Submission {
			return sub, nil
		}
	}
	return none, fmt.Errorf("nothing in %s is what %s handed in when it was graded: the files have changed since", dir, r.Student)
}

// hear runs again what has cost points.
func (a *app) hear(ctx context.Context, c cause) (appeal.Hearing, error) {
	key, err := a.keyOf(ctx, c.ex, c.sub)
	if err != nil {
		return appeal.Hearing{}, err
	}
	changed := record.KeyOf(key, c.Sandbox, c.Submission) != c.Key
	if changed {
		a.note("another racelab or Go has graded this, or the exercise was another one: where a schedule shows nothing now, another check decides.")
	}
	if err := a.confineBy(ctx, ""); err != nil {
		return appeal.Hearing{}, err
	}
	progress := a.startProgress(ctx)
	defer progress.stop()
	return appeal.Hear(ctx, *c.Verdict, c.ex.Rubric, appeal.Witnesses{
		Changed: changed,
		Replay: func(ctx context.Context, schedule string) (finding.Replay, error) {
			progress.say("running " + schedule + " again")
			return a.replayDisposable(ctx, c.ex, c.sub, schedule)
		},
		Check: func(ctx context.Context) (finding.Verdict, error) {
			progress.say("checking the submission again")
			return a.checkApart(ctx, c.ex, c.sub)
		},
	})
}
