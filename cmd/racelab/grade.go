package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"

	"racelab/checker"
	"racelab/checker/classroom"
	"racelab/checker/classroom/handin"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/store"
	"racelab/checker/exercise"
	"racelab/checker/submission"

	"github.com/spf13/cobra"
)

// gradesFile is where grade keeps records, and report looks for them.
const gradesFile = "grades.db"

// classGCPercent is Go's own: other than a check, a class keeps much.
const classGCPercent = 100

// gradeFlags are the flags of grade.
type gradeFlags struct {
	roster, exercises, store, failOn, format, shard string
	durations                                       string
	jobs                                            int
	only                                            []string
	again                                           string
	sandbox                                         string
	plan                                            bool
	viewFlags
}

// failOns are what --fail-on may name, and which records that means.
var failOns = map[string]func(record.Record) bool{
	"never": func(record.Record) bool { return false },
	"fail":  func(r record.Record) bool { return !r.Passed() && !r.Inconclusive() },
}

func newGradeCommand(a *app) *cobra.Command {
	var flags gradeFlags
	cmd := &cobra.Command{
		Use:   "grade DIR",
		Short: "Grade what a class has handed in",
		Long: `Grade what the students of a class have handed in. DIR has a folder or an
archive (zip, tar.gz) for each of them, or their files: labs made by init,
clones, exercise folders, single files; a download of Moodle or Canvas, also as
the one archive that it comes as; repositories of GitHub Classroom.

Each record is kept in a file as it comes about. What is in it already is not
graded again, so a run that was stopped goes on where it stopped. What racelab
could not tell costs nobody a point. It is tried again the next time if that was
the machine's fault: see cause in the record. Where one score takes the place of
another, because something else was handed in, because racelab has changed, or
for the REASON of --regrade, the old one is kept.

--plan says what there is to do, and how long it takes here and on several
machines, as long as earlier checks into this store have taken, or else the
reference solutions on this machine.

--shard grades one part of the class. With --durations, a store of an earlier
time, the parts take equally long: the exercises that take longest are dealt out
first. Give all parts the same file; merge refuses parts that do not fit.

--points and --withhold are those of report: ` + "`racelab report --help`" + `.

With a roster, those who are on it and have handed in nothing have records, too,
and what belongs to nobody on it is named. It is a CSV file with a line of
headings, such as id, login, email, name; what platforms export is read, too.

Submissions are compiled and run where they can reach nothing that is not their
own, as far as the machine allows: limits is the weakest way, then come landlock
and namespaces, and bubblewrap if you ask for it. That way is tried out first,
and stands in each record. With --require-sandbox there is no other.

Exit status: 0 all is graded, whatever the points; 1 what --fail-on names was
found; 2 the command makes no sense; 3 racelab could not grade everything.`,
		Example: `  racelab grade submissions
  racelab grade --roster class.csv --exercises 01-03 submissions.zip
  racelab report --format csv            the points, for a spreadsheet`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("grade needs the folder, or the archive, with what was handed in, as in `%s grade submissions`.", a.command)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.runGrade(cmd.Context(), args[0], flags) },
	}
	cmd.Flags().StringVar(&flags.roster, "roster", "", "CSV `FILE` with those who should be there")
	cmd.Flags().StringVar(&flags.exercises, "exercises", "", "grade these, as in 01-03,07 (default all)")
	cmd.Flags().StringVar(&flags.store, "store", gradesFile, "`FILE` that keeps the records")
	cmd.Flags().IntVar(&flags.jobs, "jobs", max(1, runtime.NumCPU()), "how many checks run at the same time")
	cmd.Flags().StringSliceVar(&flags.only, "only", nil, "grade these students alone, by `ID`, with commas")
	cmd.Flags().StringVar(&flags.again, "regrade", "", "grade again what is known, for a `REASON`")
	cmd.Flags().BoolVar(&flags.plan, "plan", false, "say what there is to do, and how long it takes")
	flags.add(cmd.Flags())
	cmd.Flags().StringVar(&flags.shard, "shard", "", "grade one part, as in 0/3 (`I/N`); see merge")
	cmd.Flags().StringVar(&flags.durations, "durations", "", "equally long parts, going by this store (`FILE`)")
	cmd.Flags().StringVar(&flags.sandbox, "require-sandbox", "", "confine submissions by `TIER`, or stop; see doctor")
	cmd.Flags().StringVar(&flags.failOn, "fail-on", "never", "exit with 1 `WHEN`: fail, never")
	cmd.Flags().StringVar(&flags.format, "format", "text", "`FORMAT`: see report --help")
	return cmd
}

func (a *app) runGrade(ctx context.Context, dir string, flags gradeFlags) (err error) {
	debug.SetGCPercent(classGCPercent)
	format, err := bookFormat(flags.format)
	if err != nil {
		return err
	}
	failOn, ok := failOns[flags.failOn]
	if !ok {
		return usage("--fail-on is never or fail, not %q.", flags.failOn)
	}
	v, err := a.view(flags.viewFlags)
	if err != nil {
		return err
	}
	g := classroom.Grading{Jobs: flags.jobs, Only: flags.only, Again: flags.again, Withhold: flags.withhold, Release: flags.release, Key: a.keyOf, Check: a.checkApart, Reference: a.referenceTook}
	if g.Set, err = a.someExercises(flags.exercises); err != nil {
		return err
	}
	if g.Header, err = a.header(flags.shard, g.Set); err != nil {
		return err
	}
	if g.Roster, g.Header.Roster, err = a.readRoster(flags.roster); err != nil {
		return err
	}
	g.Header.Columns = columnsFor(g.Set, g.Roster)
	if g.Takes, err = a.takes(flags.durations, g.Set); err != nil {
		return err
	}
	if g.Class, err = a.openClass(dir); err != nil {
		return err
	}
	defer g.Class.Close()
	if err := a.confineFor(ctx, flags.sandbox, &g); err != nil {
		return err
	}
	if flags.plan {
		return a.plan(ctx, g, flags.store)
	}
	if g.Store, err = store.Open(a.abs(flags.store)); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Store.Close()) }()
	if err := a.knownStudents(g); err != nil {
		return err
	}
	progress := a.startGradeProgress(ctx)
	g.Progress = progress.graded
	outcome, err := g.Run(ctx)
	progress.stop()
	if err != nil {
		return err
	}
	if err := a.renderStored(format, g.Store, outcome.Book, v); err != nil {
		return err
	}
	return a.afterGrading(outcome, failOn)
}

// openClass opens what was handed in.
func (a *app) openClass(dir string) (*handin.Class, error) {
	c, err := handin.Open(a.abs(dir))
	switch {
	case errors.Is(err, handin.ErrNoRoom):
		return nil, err
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage("there is no folder %s, and no such archive.", dir)
	case err != nil:
		return nil, usage("%v.", err)
	}
	return c, nil
}

// knownStudents makes sure that flags name students of the class.
func (a *app) knownStudents(g classroom.Grading) error {
	known := g.IDs()
	for _, id := range slices.Concat(g.Only, g.Withhold, g.Release) {
		if !slices.Contains(known, id) {
			return usage("there is no student %q in this class.", id)
		}
	}
	return nil
}

// mostOdd is how much is said of files that are odd, or nobody's.
const mostOdd = 20

// afterGrading says what else there is to say, and finds the exit status.
func (a *app) afterGrading(o classroom.Outcome, failOn func(record.Record) bool) error {
	var odd []string
	for _, name := range o.Unknown {
		odd = append(odd, name+" belongs to nobody, and was not graded.")
	}
	for _, r := range o.Records {
		for _, n := range r.Notes {
			if text := fmt.Sprintf("%s: %s.", r.Student, n); !slices.Contains(odd, text) {
				odd = append(odd, text)
			}
		}
	}
	for _, text := range odd[:min(mostOdd, len(odd))] {
		a.note("%s", text)
	}
	if more := len(odd) - mostOdd; more > 0 {
		a.note("and %d more of these; `%s report --format jsonl` has those of students.", more, a.command)
	}
	for _, id := range slices.Sorted(maps.Keys(o.Faults)) {
		a.note("%s", withAdvice(fmt.Errorf("cannot grade %s of some students: %w", id, o.Faults[id])))
	}
	switch {
	case slices.ContainsFunc(o.Records, record.Record.WorthAgain):
		return verdictStatus(statusNotAble)
	case slices.ContainsFunc(o.Records, failOn):
		return verdictStatus(statusFail)
	}
	return nil
}

func (a *app) keyOf(ctx context.Context, ex exercise.Exercise, sub submission.Submission) (string, error) {
	return a.key(ctx, checker.Task{Exercise: ex, Submission: sub, Unread: true})
}
