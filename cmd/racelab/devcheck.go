package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/proof"
	"racelab/checker/report"

	"github.com/spf13/cobra"
)

// devCheck are the circumstances of one `dev check`.
type devCheck struct {
	repeat  int    // whole checks of each version
	jobs    int    // checks at the same time
	static  bool   // do not run anything
	record  bool   // write down what wrong versions show
	changed string // a commit: only what is not as it was there
	shard   string // "1/3": every third exercise
	ids     []string
	layout  bool // what lies beside the exercises is a problem, too
	content exercise.Content

	progress   *openingProgress // nil when nothing is run
	problems   []exercise.Problem
	unclear    []exercise.Problem // racelab could not tell
	unexplored []exercise.Problem // as it should be, but left to native runs
	unbuilt    []string           // what in the tests and contracts does not build
	results    []trialResult
	known      int // results of before
}

func newDevCheckCommand(a *app) *cobra.Command {
	d := &devCheck{}
	cmd := &cobra.Command{
		Use:   "check [NN|slug|all]",
		Short: "Prove that an exercise holds what it promises",
		Long: `Prove one exercise, or all: what CONTRIBUTING.md asks for is there and in order;
the broken version fails with exactly the kinds its manifest names; the
reference and the accepted fixes pass; every rejected fix fails with its kind.

The table shows for each version how long its check took and

  first      how many schedules it took until one failed, "-" if none did
  explored   failing schedules, of all that were run; ten are enough for a test
  native     failing runs, of all native ones, "-" if there were none
  expected   the kinds that must show. Those in parentheses may: the manifest
             marks them "sometimes"
  seen       the kinds that did. With -n, 4/5 is in four checks of five

✓ is as promised, ✗ is not, ? could not be told. Exploring shows a kind in every
check or in none. Below the table stand "fragile" kinds, which only native runs
show and a check will miss one day, and what is "not shown by exploring".

A rejected fix is checked up to its first error, if that is of its kind; with -n
it is checked whole. A version that was as promised before is not checked again
as long as all is the same, racelab too: its time is then "known". With -n it is.

With --record it writes what the broken version and the rejected fixes show to
symptoms.toml of the solution. A learner whose fix fails in the same way reads the
feedback of that rejected fix.

With --changed only what is not as it was where this branch began is checked, for
a pull request: all exercises if racelab's own code is among it.

Exit status: 0 all proved; 1 not so; 2 the command makes no sense; 3 racelab
could not tell.`,
		Example: `  racelab dev check 03
  racelab dev check -n 5 03        # how reliably?
  racelab dev check --no-run all   # only what can be told without running
  racelab dev check --changed main # what a branch has changed
  racelab dev check --shard 0/3    # the first of three machines`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "all"
			if len(args) > 0 {
				name = args[0]
			}
			return a.runDevCheck(cmd.Context(), d, name)
		},
	}
	cmd.Flags().IntVarP(&d.repeat, "repeat", "n", 1, "whole checks of each version")
	cmd.Flags().IntVarP(&d.jobs, "jobs", "j", 2, "checks at the same time")
	cmd.Flags().BoolVar(&d.static, "no-run", false, "build and run nothing")
	cmd.Flags().BoolVar(&d.record, "record", false, "write anew what wrong versions show")
	cmd.Flags().StringVar(&d.changed, "changed", "", "only exercises that changed since `COMMIT`")
	cmd.Flags().StringVar(&d.shard, "shard", "", "every N-th exercise, from the I-th on: `I/N`")
	return cmd
}

func (a *app) runDevCheck(ctx context.Context, d *devCheck, name string) error {
	if d.repeat < 1 || d.jobs < 1 {
		return usage("-n and -j must be at least 1.")
	}
	if d.record && d.static {
		return usage("--record writes what is seen when versions run: leave --no-run out.")
	}
	c, err := a.clone()
	if err != nil {
		return err
	}
	d.content = c.content()
	if d.ids, err = a.resolveIDs(d.content, name); err != nil {
		return err
	}
	d.layout = name == "all"
	all := d.ids
	if err := a.choose(ctx, d, c); err != nil {
		return err
	}
	start := a.now()
	if !d.static {
		d.progress = &openingProgress{line: a.startProgress(ctx)}
		defer d.progress.stop()
	}
	if d.record {
		return a.recordSymptoms(ctx, d, c)
	}
	var set []exercise.Exercise
	for _, id := range d.ids {
		ex, problems, err := exercise.Validate(d.content, id)
		d.problems = append(d.problems, problems...)
		if err != nil {
			d.problems = append(d.problems, exercise.Problem{File: path.Join("exercises", id), Message: "cannot be read: " + err.Error()})
			continue
		}
		set = append(set, ex)
	}
	if !d.static {
		if err := a.tryAll(ctx, d, versionsOf(set)); err != nil {
			return err
		}
	}
	if d.layout {
		d.problems = append(d.problems, exercise.ValidateLayout(d.content, withOthers(d, set, all))...)
	}
	return a.concludeDevCheck(d, a.now().Sub(start))
}

// withOthers adds to those that were chosen all others that can be read.
func withOthers(d *devCheck, set []exercise.Exercise, all []string) []exercise.Exercise {
	for _, id := range all {
		if slices.Contains(d.ids, id) {
			continue
		}
		if ex, _, err := exercise.Validate(d.content, id); err == nil {
			set = append(set, ex)
		}
	}
	return set
}

// resolveIDs finds the folders that name means. It goes by their names alone:
// an exercise that cannot be read must still be checked.
func (a *app) resolveIDs(content exercise.Content, name string) ([]string, error) {
	ids, err := exercise.IDs(content)
	if err != nil || name == "all" {
		return ids, err
	}
	var set exercise.Set
	for _, id := range ids {
		number, slug, _ := strings.Cut(id, "-")
		n, _ := strconv.Atoi(number)
		set = append(set, exercise.Exercise{ID: id, Manifest: exercise.Manifest{Number: n, Slug: slug}})
	}
	ex, err := a.find(set, name)
	return []string{ex.ID}, err
}

// conclude prints a trial's rows and collects what is wrong with it.
func (a *app) conclude(d *devCheck, r trialResult, table trialTable) {
	d.progress.stop()
	d.results = append(d.results, r)
	if r.known {
		d.known++
	}
	mark := a.palette.Good("✓")
	reason, unclear := proof.Inconclusive(r.verdicts)
	problems := r.Judge(r.verdicts)
	if whole := d.repeat > 1 || !r.Wrong(); whole && len(problems) == 0 {
		for _, v := range r.verdicts {
			if text := r.Misrecorded(v); text != "" {
				problems = []string{text}
			}
		}
	}
	switch {
	case unclear:
		// What was not found then says nothing, so the rules do not apply.
		mark = a.palette.Warn("?")
		d.unclear = append(d.unclear, exercise.Problem{File: r.File, Message: "racelab could not tell: " + reason})
	case len(problems) > 0:
		mark = a.palette.Bad("✗")
		for _, p := range d.saidOnce(r, problems) {
			d.problems = append(d.problems, exercise.Problem{File: r.File, Message: p})
		}
	default:
		if note := r.Unexplored(r.verdicts); note != "" {
			d.unexplored = append(d.unexplored, exercise.Problem{File: r.File, Message: note})
		}
	}
	for _, line := range table.rows(mark, r) {
		a.say("%s", line)
	}
}

// saidOnce is what is wrong with a version, less what was said of another one: tests and contract
// are the same for all, and where they do not build, no version does.
func (d *devCheck) saidOnce(r trialResult, problems []string) []string {
	what, ok := r.Unbuilt(r.verdicts)
	switch {
	case !ok:
		return problems
	case slices.Contains(d.unbuilt, what):
		return nil
	}
	d.unbuilt = append(d.unbuilt, what)
	return []string{"does not build together with its tests and contract: " + what}
}

// An openingProgress shows what takes long until the first row of the table: from
// then on the rows are the progress, and a rewritten line would run into them.
type openingProgress struct {
	mu   sync.Mutex
	line *progressLine
	over bool
}

func (p *openingProgress) say(step string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.over {
		p.line.say(step)
	}
}

func (p *openingProgress) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.over {
		p.over = true
		p.line.stop()
	}
}

// fragile lists the trials whose certain kinds a check may miss one day.
func (d *devCheck) fragile() []exercise.Problem {
	// A check ends early when executions hang. What shows in few of those must
	// be measured against the number of executions that a check otherwise has.
	full := map[finding.Mode]int{}
	for _, r := range d.results {
		for _, v := range r.verdicts {
			for _, run := range v.Runs {
				full[run.Mode] = max(full[run.Mode], run.Executions)
			}
		}
	}
	var notes []exercise.Problem
	for _, r := range d.results {
		for _, text := range r.Fragile(r.verdicts, full) {
			notes = append(notes, exercise.Problem{File: r.File, Message: text})
		}
	}
	return notes
}

// concludeDevCheck prints what was collected and chooses the exit status.
func (a *app) concludeDevCheck(d *devCheck, took time.Duration) error {
	a.listProblems(a.palette.Warn("fragile"), d.fragile())
	a.listProblems(a.palette.Warn("not shown by exploring"), d.unexplored)
	a.listProblems(a.palette.Warn("could not tell"), d.unclear)
	a.listProblems(a.palette.Bad("problems"), d.problems)
	ran := report.Count(len(d.results), "version") + " tried in " + took.Round(time.Second).String()
	if d.known > 0 {
		ran += fmt.Sprintf(" (%d known)", d.known)
	}
	if d.static {
		ran = "nothing was run"
	}
	a.say("%s: %s, %s", report.Count(len(d.ids), "exercise"), ran, report.Count(len(d.problems), "problem"))
	switch {
	case len(d.problems) > 0:
		return verdictStatus(statusFail)
	case len(d.unclear) > 0:
		return verdictStatus(statusNotAble)
	case len(d.ids) == 0 && d.changed == "" && d.shard == "":
		return errors.New("there are no exercises here")
	}
	return nil
}

func (a *app) listProblems(heading string, problems []exercise.Problem) {
	if len(problems) == 0 {
		return
	}
	a.say("%s:", heading)
	for _, p := range problems {
		a.say("  %s", p)
	}
}
