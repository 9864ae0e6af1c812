package main

import (
	"fmt"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/report/terminal"

	"github.com/spf13/cobra"
)

func (a *app) newListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the exercises, and which of them are done",
		Long: `List the exercises by part, and which of them are done.

A tick means that your version passed once. > is the next one; below the list
stands what it teaches.`,
		Example: `  racelab list
  racelab list --json   one JSON object, for programs`,
		Args: atMost(0),
		RunE: func(*cobra.Command, []string) error { return a.runList(asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object, for programs")
	return cmd
}

// A part is a heading of the catalogue, and what its exercises teach together.
type part struct{ title, teaches string }

var parts = map[int]part{
	1: {"One of each", "Each detector sees its kind of mistake, and none sees all."},
	2: {"Sharing memory", "Whatever goroutines share has one rule that all of them keep, for each step that must be whole."},
	3: {"Waiting for ever", "Who waits for whom: no circle, and nobody who is forgotten."},
	4: {"Lives and deaths of goroutines", "Whoever starts a goroutine knows how it ends, and what becomes of its result and its error."},
	5: {"Whole programs", "All of it together, in programs as one writes them at work."},
	6: {"Reading the detectors", "What a report says, what it does not say, and when it is wrong."},
}

func headingOf(ex exercise.Exercise) string {
	return fmt.Sprintf("Part %d. %s", ex.Part, parts[ex.Part].title)
}

func (a *app) runList(asJSON bool) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	var p progress
	l, inLab := findLab(a.cwd)
	if inLab {
		p = a.progress(l)
	}
	next, _ := nextUndone(set, p, 0)
	if asJSON {
		if !inLab {
			return a.listJSON(set, p, next.ID, nil)
		}
		return a.listJSON(set, p, next.ID, &l)
	}
	last := 0
	for _, ex := range set {
		if ex.Part != last {
			if last != 0 {
				a.say("")
			}
			last = ex.Part
			a.say("%s", a.palette.Bold(headingOf(ex)))
			fmt.Fprint(a.stdout, terminal.Wrap(parts[ex.Part].teaches, a.width, "", ""))
		}
		a.listLine(ex, p, inLab && ex.ID == next.ID)
	}
	a.sayWhatIsNext(next, inLab)
	return nil
}

// sayWhatIsNext ends the list: next is none when all are done.
func (a *app) sayWhatIsNext(next exercise.Exercise, inLab bool) {
	switch {
	case !inLab:
		a.say("")
		a.paragraph("", fmt.Sprintf("`%s init` makes a folder with all of them.", a.command))
	case next.ID != "":
		a.say("")
		fmt.Fprint(a.stdout, terminal.Wrap(fmt.Sprintf("Next is %s: %s", next.ID, next.Learn), a.width, "", ""))
		a.commands([][2]string{{fmt.Sprintf("check %02d", next.Number), "what is wrong there"}})
	default:
		a.say("")
		a.paragraph("", fmt.Sprintf("All done. `%s diff 01` compares a fix with the reference.", a.command))
	}
}

func (a *app) listLine(ex exercise.Exercise, p progress, isNext bool) {
	mark, colour := " ", func(s string) string { return s }
	switch {
	case p.passed(ex.ID):
		mark, colour = "✓", a.palette.Good
	case isNext:
		mark, colour = ">", a.palette.Warn
	}
	text := terminal.Beside(fmt.Sprintf("  %s %-26s", mark, ex.ID), " ", ex.Title, a.width)
	fmt.Fprint(a.stdout, strings.Replace(text, mark, colour(mark), 1))
}
