package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"racelab/checker/exercise"

	"github.com/spf13/cobra"
)

// devCheck are the circumstances of one `dev check`.
type devCheck struct {
	repeat  int  // whole checks of each version
	jobs    int  // checks at the same time
	static  bool // do not run anything
	ids     []string
	content exercise.Content

	progress   *openingProgress // nil when nothing is run
	problems   []exercise.Problem
	unclear    []exercise.Problem // racelab could not tell
	unexplored []exercise.Problem // as it should be, but left to native runs
	results    []trialResult
}

func newDevCheckCommand(a *app) *cobra.Command {
	d := &devCheck{}
	cmd := &cobra.Command{
		Use:   "check [NN|slug|all]",
		Short: "Prove that an exercise holds what it promises",
		Long: `Prove one exercise, or all: what CONTRIBUTING.md asks for is there and in order;
the broken version fails with exactly the kinds its manifest names; the reference
and the accepted fixes pass; every rejected fix fails with its kind.

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
it is checked whole.

Exit status: 0 all proved; 1 not so; 2 the command makes no sense; 3 racelab
could not tell.`,
		Example: `  racelab dev check 03
  racelab dev check -n 5 03        # how reliably?
  racelab dev check --no-run all   # only what can be told without running`,
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
	return cmd
}

func (a *app) runDevCheck(ctx context.Context, d *devCheck, name string) error {
	if d.repeat < 1 || d.jobs < 1 {
		return usage("-n and -j must be at least 1.")
	}
	c, err := a.clone()
	if err != nil {
		return err
	}
	d.content = c.content()
	if d.ids, err = a.resolveIDs(d.content, name); err != nil {
		return err
	}
	start := a.now()
	if !d.static {
		d.progress = &openingProgress{line: a.startProgress(ctx)}
		defer d.progress.stop()
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
	if name == "all" {
		d.problems = append(d.problems, exercise.ValidateLayout(d.content, set)...)
	}
	return a.concludeDevCheck(d, a.now().Sub(start))
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
	mark := a.palette.Good("✓")
	reason, unclear := inconclusive(r.verdicts)
	problems := r.judge(r.verdicts)
	switch {
	case unclear:
		// What was not found then says nothing, so the rules do not apply.
		mark = a.palette.Warn("?")
		d.unclear = append(d.unclear, exercise.Problem{File: r.file, Message: "racelab could not tell: " + reason})
	case len(problems) > 0:
		mark = a.palette.Bad("✗")
		for _, p := range problems {
			d.problems = append(d.problems, exercise.Problem{File: r.file, Message: p})
		}
	default:
		if note := r.unexplored(r.verdicts); note != "" {
			d.unexplored = append(d.unexplored, exercise.Problem{File: r.file, Message: note})
		}
	}
	for _, line := range table.rows(mark, r) {
		a.say("%s", line)
	}
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

// concludeDevCheck prints what was collected and chooses the exit status.
func (a *app) concludeDevCheck(d *devCheck, took time.Duration) error {
	a.listProblems(a.palette.Warn("fragile"), d.fragile())
	a.listProblems(a.palette.Warn("not shown by exploring"), d.unexplored)
	a.listProblems(a.palette.Warn("could not tell"), d.unclear)
	a.listProblems(a.palette.Bad("problems"), d.problems)
	ran := fmt.Sprintf("%d versions tried in %s", len(d.results), took.Round(time.Second))
	if d.static {
		ran = "nothing was run"
	}
	a.say("%d exercises: %s, %d problems", len(d.ids), ran, len(d.problems))
	switch {
	case len(d.problems) > 0:
		return verdictStatus(statusFail)
	case len(d.unclear) > 0:
		return verdictStatus(statusNotAble)
	case len(d.ids) == 0:
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
