package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"racelab/checker"
	"racelab/checker/classroom"
	"racelab/checker/classroom/handin"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/roster"
	"racelab/checker/classroom/shard"
	"racelab/checker/classroom/store"
	"racelab/checker/exercise"
	"racelab/checker/submission"

	"github.com/spf13/cobra"
)

// gradesFile is where grade keeps records, and report looks for them.
const gradesFile = "grades.db"

// gradeFlags are the flags of grade.
type gradeFlags struct {
	roster, exercises, store, failOn, format, shard string
	jobs                                            int
	only                                            []string
	again                                           string
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
could not tell costs nobody a point, and is tried again the next time. Where one
score takes the place of another, because something else was handed in, because
racelab has changed, or for the REASON of --regrade, the old one is kept.

With a roster, those who are on it and have handed in nothing have records, too,
and what belongs to nobody on it is named. It is a CSV file with a line of
headings, such as id, login, email, name; what platforms export is read, too.

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
	cmd.Flags().StringVar(&flags.shard, "shard", "", "grade one part of several, as in 0/3 (`I/N`); see merge")
	cmd.Flags().StringVar(&flags.failOn, "fail-on", "never", "`WHEN` to exit with 1: never, or fail")
	cmd.Flags().StringVar(&flags.format, "format", "text", "`FORMAT`: see report --help")
	return cmd
}

func (a *app) runGrade(ctx context.Context, dir string, flags gradeFlags) (err error) {
	format, err := bookFormat(flags.format)
	if err != nil {
		return err
	}
	failOn, ok := failOns[flags.failOn]
	if !ok {
		return usage("--fail-on is never or fail, not %q.", flags.failOn)
	}
	g := classroom.Grading{Jobs: flags.jobs, Only: flags.only, Again: flags.again, Key: a.keyOf, Check: a.checkApart}
	if g.Set, err = a.someExercises(flags.exercises); err != nil {
		return err
	}
	if g.Header, err = a.header(flags.shard, g.Set); err != nil {
		return err
	}
	if g.Roster, g.Header.Roster, err = a.readRoster(flags.roster); err != nil {
		return err
	}
	if g.Class, err = handin.Open(a.abs(dir)); errors.Is(err, fs.ErrNotExist) {
		return usage("there is no folder %s, and no such archive.", dir)
	} else if err != nil {
		return usage("%v.", err)
	}
	defer g.Class.Close()
	if g.Store, err = store.Open(a.abs(flags.store)); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Store.Close()) }()
	if err := a.knownStudents(g); err != nil {
		return err
	}
	progress := a.startProgress(ctx)
	g.Progress = func(done, all int) { progress.say(fmt.Sprintf("graded %d of %d submissions", done, all)) }
	outcome, err := g.Run(ctx)
	progress.stop()
	if err != nil {
		return err
	}
	if err := a.renderBook(format, outcome.Book); err != nil {
		return err
	}
	return a.afterGrading(outcome, failOn)
}

// knownStudents makes sure that --only names students of the class.
func (a *app) knownStudents(g classroom.Grading) error {
	known := g.IDs()
	for _, id := range g.Only {
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
	case slices.ContainsFunc(o.Records, record.Record.Inconclusive):
		return verdictStatus(statusNotAble)
	case slices.ContainsFunc(o.Records, failOn):
		return verdictStatus(statusFail)
	}
	return nil
}

func (a *app) keyOf(ctx context.Context, ex exercise.Exercise, sub submission.Submission) (string, error) {
	return a.key(ctx, checker.Task{Exercise: ex, Submission: sub})
}

// header says what the records will be of. Whoever runs shards tells which one this is.
func (a *app) header(flag string, set exercise.Set) (record.Header, error) {
	s, err := shard.Detect(flag, a.lookupEnv)
	if err != nil {
		return record.Header{}, usage("%v.", err)
	}
	if name, ok := a.lookupEnv("TEST_SHARD_STATUS_FILE"); ok && name != "" { // Bazel wants to know that we know
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			return record.Header{}, err
		}
	}
	h := record.Header{Racelab: racelabVersion(), Shard: s}
	for _, ex := range set {
		h.Exercises = append(h.Exercises, ex.ID)
	}
	return h, nil
}

// readRoster reads a roster, and names it by content.
func (a *app) readRoster(name string) (*roster.Roster, string, error) {
	if name == "" {
		return nil, "", nil
	}
	text, err := os.ReadFile(a.abs(name))
	if err != nil {
		return nil, "", usage("the roster cannot be read: %v.", err)
	}
	r, err := roster.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, "", usage("%s: %v.", name, err)
	}
	return &r, fmt.Sprintf("sha256:%x", sha256.Sum256(text)), nil
}

// someExercises reads what --exercises names: exercises and ranges of them, with commas.
func (a *app) someExercises(names string) (exercise.Set, error) {
	all, err := a.set()
	if err != nil || names == "" {
		return all, err
	}
	chosen := map[string]bool{}
	for name := range strings.SplitSeq(names, ",") {
		name = strings.TrimSpace(name)
		from, to, isRange := strings.Cut(name, "-")
		first, err1 := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if isRange && err1 == nil && err2 == nil {
			found := false
			for _, ex := range all {
				if ex.Number >= first && ex.Number <= last {
					chosen[ex.ID], found = true, true
				}
			}
			if !found {
				return nil, usage("there are no exercises %s. `%s list` shows all of them.", name, a.command)
			}
			continue
		}
		ex, err := a.find(all, name)
		if err != nil {
			return nil, err
		}
		chosen[ex.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(ex exercise.Exercise) bool { return !chosen[ex.ID] }), nil
}
