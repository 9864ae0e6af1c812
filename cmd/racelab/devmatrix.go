package main

import (
	"context"
	"fmt"
	"slices"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/proof"
	"racelab/checker/report"
	"racelab/checker/submission"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func newDevMatrixCommand(a *app) *cobra.Command {
	jobs := 2
	cmd := &cobra.Command{
		Use:   "matrix [NN|slug|all]",
		Short: "Which detector sees which broken program",
		Long: `Check the broken version of one exercise, or of all, and show who sees what is
wrong with it:

  vet          an analyzer of go vet
  race         the race detector, in so many of the native runs
  tests        a test that fails, panics or hangs, in so many of them
  go-deadlock  its locks, in so many of the runs that have them
  goleak       goroutines that are left, in so many of the native runs
  contract     a scenario of the exercise's contract
  explore      schedules that fail, of all that were run

- is nobody. An exercise that teaches what a detector cannot see has a - there.

Exit status: 0 all shown; 2 the command makes no sense; 3 racelab could not
tell.`,
		Example: `  racelab dev matrix
  racelab dev matrix 06`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "all"
			if len(args) > 0 {
				name = args[0]
			}
			return a.runDevMatrix(cmd.Context(), name, jobs)
		},
	}
	cmd.Flags().IntVarP(&jobs, "jobs", "j", jobs, "checks at the same time")
	return cmd
}

func (a *app) runDevMatrix(ctx context.Context, name string, jobs int) error {
	if jobs < 1 {
		return usage("-j must be at least 1.")
	}
	c, err := a.clone()
	if err != nil {
		return err
	}
	content := c.content()
	ids, err := a.resolveIDs(content, name)
	if err != nil {
		return err
	}
	var set exercise.Set
	for _, id := range ids {
		ex, _, err := exercise.Validate(content, id)
		if err != nil {
			return fmt.Errorf("exercises/%s: %w", id, err)
		}
		set = append(set, ex)
	}
	verdicts, err := a.checkBroken(ctx, set, jobs)
	if err != nil {
		return err
	}
	return a.showMatrix(set, verdicts)
}

// checkBroken checks the broken programs, some at the same time.
func (a *app) checkBroken(ctx context.Context, set exercise.Set, jobs int) ([]finding.Verdict, error) {
	progress := a.startProgress(ctx)
	defer progress.stop()
	verdicts := make([]finding.Verdict, len(set))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(jobs)
	for i, ex := range set {
		g.Go(func() error {
			broken, err := submission.From(ex.Dir, ex.Files)
			if err != nil {
				return fmt.Errorf("exercises/%s: %w", ex.ID, err)
			}
			progress.say("checking " + ex.ID)
			verdicts[i], err = a.check(ctx, checker.Task{Exercise: ex, Submission: broken})
			return err
		})
	}
	return verdicts, g.Wait()
}

// matrixWidths are those of a matrix's columns where nothing in them is wider.
var matrixWidths = []int{22, 4, 5, 6, 12, 7, 9, 8}

func (a *app) showMatrix(set exercise.Set, verdicts []finding.Verdict) error {
	rows, unclear := matrixRows(set, verdicts)
	widths := slices.Clone(matrixWidths)
	for _, row := range rows {
		for i, cell := range row {
			if i == 0 || len(row) == len(widths) {
				widths[i] = max(widths[i], len(cell))
			}
		}
	}
	for i, row := range rows {
		line := fmt.Sprintf("%-*s", widths[0], row[0])
		for j, cell := range row[1:] {
			if len(row) == len(widths) {
				cell = fmt.Sprintf("%*s", widths[j+1], cell)
			}
			line += " " + cell
		}
		if i == 0 {
			line = a.palette.Bold(line)
		}
		a.say("%s", line)
	}
	if unclear > 0 {
		a.say("%s without an answer", report.Count(unclear, "exercise"))
		return verdictStatus(statusNotAble)
	}
	return nil
}

// matrixRows are the headings and a row for each exercise: of those of which racelab could not tell,
// why.
func matrixRows(set exercise.Set, verdicts []finding.Verdict) (rows [][]string, unclear int) {
	rows = append(rows, append([]string{""}, proof.Eyes...))
	for i, v := range verdicts {
		cells := proof.Sights(v)
		if reason, ok := proof.Inconclusive(verdicts[i : i+1]); ok {
			unclear++
			cells = []string{"? racelab could not tell: " + reason}
		}
		rows = append(rows, append([]string{set[i].ID}, cells...))
	}
	return rows, unclear
}
