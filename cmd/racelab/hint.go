package main

import (
	"fmt"

	"racelab/checker/exercise"

	"github.com/spf13/cobra"
)

func (a *app) newHintCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "hint [NN]",
		Short: "Show the next hint",
		Long: `Show the next hint for an exercise: first where to look, then which mechanism
helps, then the shape of the fix. No hint is the solution.

Each call shows the next one; after the last one it shows that again.`,
		Example: `  racelab hint 01
  racelab hint 01 --all`,
		Args:              atMost(1),
		ValidArgsFunction: a.completeExercise(),
		RunE: func(_ *cobra.Command, args []string) error {
			ex, err := a.chosen("hint", args)
			if err != nil {
				return err
			}
			return a.runHint(ex, all)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "show all hints at once")
	return cmd
}

func (a *app) runHint(ex exercise.Exercise, all bool) error {
	if len(ex.Hints) == 0 {
		return noHints(ex)
	}
	if all {
		for nr := range ex.Hints {
			a.showHint(ex, nr+1)
		}
		a.recordHints(ex, len(ex.Hints))
		return nil
	}
	shown := 0
	l, inLab := findLab(a.cwd)
	if inLab {
		shown = a.progress(l).Exercises[ex.ID].Hints
	}
	nr := min(shown+1, len(ex.Hints))
	a.showHint(ex, nr)
	a.recordHints(ex, nr)
	a.afterHint(ex, nr, inLab)
	return nil
}

func noHints(ex exercise.Exercise) error {
	return fmt.Errorf("there are no hints for %s in this racelab", ex.ID)
}

func hintTitle(ex exercise.Exercise, nr int) string {
	return fmt.Sprintf("%s, hint %d of %d", ex.ID, nr, len(ex.Hints))
}

func (a *app) showHint(ex exercise.Exercise, nr int) {
	a.say("%s", a.palette.Bold(hintTitle(ex, nr)))
	a.say("")
	a.markdown(ex.Hints[nr-1])
	a.say("")
}

func (a *app) recordHints(ex exercise.Exercise, shown int) {
	if l, ok := findLab(a.cwd); ok {
		a.remember(l, ex.ID, func(e *exerciseProgress) { e.Hints = max(e.Hints, shown) })
	}
}

// afterHint says how to go on from hint nr.
func (a *app) afterHint(ex exercise.Exercise, nr int, counted bool) {
	number := fmt.Sprintf("%02d", ex.Number)
	switch {
	case nr == len(ex.Hints):
		a.commands([][2]string{
			{"check " + number, "when you have changed the program"},
			{"solution " + number + " --reveal", "this was the last hint: the reference solution"},
		})
	case counted:
		a.commands([][2]string{
			{"check " + number, "when you have changed the program"},
			{"hint " + number, "the next hint"},
		})
	default:
		a.paragraph("", fmt.Sprintf("Outside of a lab racelab does not count hints; `%s hint %s --all` shows all of them.", a.command, number))
	}
}
