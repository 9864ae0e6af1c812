package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"racelab/checker/exercise"
	"racelab/checker/proof"

	"github.com/spf13/cobra"
)

// devMutate are the circumstances of one `dev mutate`.
type devMutate struct {
	jobs   int    // checks at the same time
	sample int    // mutants of each exercise; 0: all
	seed   uint64 // of the sample
	only   string // a regular expression: mutants with such a name
	static bool   // make mutants, and check none
	format string

	matches func(name string) bool // what only means
}

func newDevMutateCommand(a *app) *cobra.Command {
	d := &devMutate{}
	cmd := &cobra.Command{
		Use:   "mutate [NN|slug|all]",
		Short: "Make mistakes in the right fixes, and see which of them pass",
		Long: `Make mutants of the reference and of every accepted fix of an exercise: each has
one mistake of those that people make in concurrent code, such as a lock that is
held too short. Every mutant must fail the check. One that passes shows what no
test asks, or is as right as the program that it was made of. Then it stands,
with a reason, in solutions/NN-slug/equivalents.toml.

What passes is printed first, with its difference to the right fix. Then follow
the numbers, for each kind of mistake:

  mutants    how many were made
  killed     how many failed the check
  explored   of those, how many in a schedule of a test
  first      the number of that schedule: the median, and the highest
  contract   how many in a scenario of the contract, when a few schedules of
             each test had passed
  race       how many only in native runs: a check may miss them one day
  lock       how many only with go-deadlock's locks
  else       how many without being run
  refused    not built, or against a rule: they say nothing
  alike      stand in equivalents.toml
  unclear    racelab could not tell
  passed     the others

What became of a mutant is remembered until racelab, the exercise or the mutant
changes.

Exit status: 0 every mutant fails or has its reason; 1 not so, or a reason is
out of date; 2 the command makes no sense; 3 racelab could not tell.`,
		Example: `  racelab dev mutate 03
  racelab dev mutate --sample 20 all   # some of each exercise
  racelab dev mutate --no-run 03       # only show the mutants
  racelab dev mutate --only reference/try-lock 03`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "all"
			if len(args) > 0 {
				name = args[0]
			}
			return a.runDevMutate(cmd.Context(), d, name)
		},
	}
	cmd.Flags().IntVarP(&d.jobs, "jobs", "j", 3, "checks at the same time")
	cmd.Flags().IntVar(&d.sample, "sample", 0, "check only `N` mutants of each exercise")
	cmd.Flags().Uint64Var(&d.seed, "seed", 1, "which mutants are in the sample")
	cmd.Flags().StringVar(&d.only, "only", "", "check only mutants whose name matches `REGEXP`")
	cmd.Flags().BoolVar(&d.static, "no-run", false, "show the mutants, and check none")
	cmd.Flags().StringVar(&d.format, "format", "text", "`FORMAT` of the report: text or json")
	return cmd
}

func (a *app) runDevMutate(ctx context.Context, d *devMutate, name string) error {
	if d.jobs < 1 || d.sample < 0 {
		return usage("-j must be at least 1, and --sample must not be negative.")
	}
	if d.format != "text" && d.format != "json" {
		return usage("--format is text or json, not %q.", d.format)
	}
	only, err := regexp.Compile(d.only)
	if err != nil {
		return usage("--only: %v.", err)
	}
	d.matches = only.MatchString
	c, err := a.clone()
	if err != nil {
		return err
	}
	content := c.content()
	ids, err := a.resolveIDs(content, name)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return errors.New("there are no exercises here")
	}
	imports := newStdImporter(ctx)
	var results []mutationResult
	for _, id := range ids {
		ex, _, err := exercise.Validate(content, id)
		if err != nil {
			return fmt.Errorf("exercises/%s: %w", id, err)
		}
		r, err := a.mutateExercise(ctx, d, content, ex, imports)
		if err != nil {
			return err
		}
		results = append(results, r)
		if d.format == "text" {
			a.showMutation(d, r)
		}
	}
	return a.concludeMutation(d, results)
}

// A mutant is one of an exercise's, with what became of it.
type mutant struct {
	proof.Mutant
	alike string // the reason why it need not fail
	fate  proof.Fate
	key   string // names by content all that its fate depends on
}

// A mutationResult is what came of one exercise.
type mutationResult struct {
	exercise exercise.Exercise
	mutants  []mutant // those of the sample
	outdated []string // what is wrong with equivalents.toml
}

func (a *app) mutateExercise(ctx context.Context, d *devMutate, content exercise.Content, ex exercise.Exercise, imports *stdImporter) (mutationResult, error) {
	r := mutationResult{exercise: ex}
	made, err := proof.Mutants(ex, imports)
	if err != nil {
		return r, err
	}
	known, err := proof.Equivalents(content, ex)
	if err != nil {
		return r, err
	}
	r.outdated = proof.Unmatched(known, made)
	made = slices.DeleteFunc(made, func(m proof.Mutant) bool { return !d.matches(m.Name()) })
	for _, i := range proof.Chosen(len(made), d.sample, d.seed) {
		r.mutants = append(r.mutants, mutant{Mutant: made[i], alike: known.Reason(made[i].Name())})
	}
	if d.static {
		return r, nil
	}
	if err := a.judgeMutants(ctx, d, r); err != nil {
		return r, err
	}
	for _, m := range r.mutants {
		if m.alike != "" && m.fate.By != proof.EndPassed && m.fate.By != proof.EndUnclear {
			r.outdated = append(r.outdated, m.Name()+": fails the check, so it is not as right as the program")
		}
	}
	return r, nil
}
