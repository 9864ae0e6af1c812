package main

import (
	"fmt"

	"racelab/checker/exercise"

	"github.com/spf13/cobra"
)

func (a *app) newListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the exercises, and which of them are done",
		Long: `List the exercises by part, and which of them are done.

A tick means that your version passed once. > is the next one.`,
		Example: `  racelab list`,
		Args:    atMost(0),
		RunE:    func(*cobra.Command, []string) error { return a.runList() },
	}
}

// parts are the headings of the catalogue.
var parts = map[int]string{
	1: "One of each",
	2: "Sharing memory",
	3: "Waiting for ever",
	4: "Lives and deaths of goroutines",
	5: "Whole programs",
	6: "Reading the detectors",
}

func (a *app) runList() error {
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
	part := 0
	for _, ex := range set {
		if ex.Part != part {
			if part != 0 {
				a.say("")
			}
			part = ex.Part
			a.say("%s", a.palette.Bold(fmt.Sprintf("Part %d. %s", part, parts[part])))
		}
		a.say("%s", a.listLine(ex, p, inLab && ex.ID == next.ID))
	}
	if !inLab {
		a.say("")
		a.say("`%s init` makes a folder with all of them.", a.command)
	}
	return nil
}

func (a *app) listLine(ex exercise.Exercise, p progress, isNext bool) string {
	mark := " "
	switch {
	case p.passed(ex.ID):
		mark = a.palette.Good("✓")
	case isNext:
		mark = a.palette.Warn(">")
	}
	return fmt.Sprintf("  %s %-26s %s", mark, ex.ID, ex.Title)
}
