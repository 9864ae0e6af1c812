package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/report/terminal"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"
)

func (a *app) newSolutionCommand() *cobra.Command {
	var reveal bool
	cmd := &cobra.Command{
		Use:   "solution [NN]",
		Short: "Show the reference solution, after a pass",
		Long: `Show the reference solution of an exercise, with comments that say why it is as
it is. Before you have passed, only --reveal shows it.`,
		Example: `  racelab solution 01
  racelab solution 01 --reveal`,
		Args:              atMost(1),
		ValidArgsFunction: a.completeExercise(),
		RunE: func(_ *cobra.Command, args []string) error {
			ex, err := a.chosen("solution", args)
			if err != nil {
				return err
			}
			return a.runSolution(ex, reveal)
		},
	}
	cmd.Flags().BoolVar(&reveal, "reveal", false, "show it although you have not passed yet")
	return cmd
}

func (a *app) newDiffCommand() *cobra.Command {
	var reveal bool
	cmd := &cobra.Command{
		Use:   "diff [NN]",
		Short: "Compare your version with the reference solution, after a pass",
		Long: `Show what would have to change in your version to make it the reference
solution: lines with - are yours, lines with + are the reference's. A right fix
may well be a different one. Before you have passed, only --reveal shows it.`,
		Example: `  racelab diff 01
  racelab diff 01 --reveal`,
		Args:              atMost(1),
		ValidArgsFunction: a.completeExercise(),
		RunE: func(_ *cobra.Command, args []string) error {
			ex, err := a.chosen("diff", args)
			if err != nil {
				return err
			}
			return a.runDiff(ex, reveal)
		},
	}
	cmd.Flags().BoolVar(&reveal, "reveal", false, "show it although you have not passed yet")
	return cmd
}

func (a *app) runSolution(ex exercise.Exercise, reveal bool) error {
	if err := a.maySpoil("solution", ex, reveal); err != nil {
		return err
	}
	for i, name := range ex.Files {
		src, err := fs.ReadFile(ex.Reference, name)
		if err != nil {
			return fmt.Errorf("read the reference solution of %s: %w", ex.ID, err)
		}
		if len(ex.Files) > 1 {
			if i > 0 {
				a.say("")
			}
			a.say("%s", a.palette.Bold("// "+name))
		}
		fmt.Fprintf(a.stdout, "%s", src)
	}
	return nil
}

func (a *app) runDiff(ex exercise.Exercise, reveal bool) error {
	if err := a.maySpoil("diff", ex, reveal); err != nil {
		return err
	}
	t, err := a.labTarget(ex)
	if err != nil {
		return err
	}
	same := true
	for _, name := range ex.Files {
		reference, err := fs.ReadFile(ex.Reference, name)
		if err != nil {
			return fmt.Errorf("read the reference solution of %s: %w", ex.ID, err)
		}
		path := joinPath(t.dir, name)
		mine, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return usage("%s is missing. `%s reset %02d` brings the broken program back.", path, a.command, ex.Number)
		} else if err != nil {
			return err
		}
		d := diff.Diff("yours/"+name, mine, "reference/"+name, reference)
		same = same && len(d) == 0
		a.showDiff(d)
	}
	if same {
		a.say("Your version is the reference solution, to the letter.")
	}
	return nil
}

func (a *app) showDiff(d []byte) {
	for line := range strings.Lines(string(d)) {
		line = terminal.Clean(strings.TrimRight(line, "\r\n"))
		switch {
		case strings.HasPrefix(line, "diff "):
			continue // the two lines after it name the files as well
		case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"), strings.HasPrefix(line, "@@"):
			line = a.palette.Bold(line)
		case strings.HasPrefix(line, "-"):
			line = a.palette.Removed(line)
		case strings.HasPrefix(line, "+"):
			line = a.palette.Added(line)
		}
		a.say("%s", line)
	}
}

// maySpoil refuses to show the reference solution before a pass, unless --reveal
// is given.
func (a *app) maySpoil(verb string, ex exercise.Exercise, reveal bool) error {
	if ex.Reference == nil {
		return fmt.Errorf("this racelab was built without solutions")
	}
	if reveal {
		return nil
	}
	nr := fmt.Sprintf("%02d", ex.Number)
	if l, ok := findLab(a.cwd); ok && a.progress(l).passed(ex.ID) {
		return nil
	}
	return usage("you have not passed %s yet, and this would give the solution away. "+
		"`%s hint %s` helps you on; `%s %s %s --reveal` shows it all the same.",
		ex.ID, a.command, nr, a.command, verb, nr)
}
