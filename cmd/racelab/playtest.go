package main

import (
	"io/fs"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/source"

	"github.com/spf13/cobra"
)

// splitPlayArgs tells the exercise, if it is given, from what to play, "" for any test. One
// argument alone is a test if it looks like one.
func splitPlayArgs(args []string) (exercise []string, which string) {
	switch {
	case len(args) == 2:
		return args[:1], args[1]
	case len(args) == 1 && strings.HasPrefix(args[0], "Test"):
		return nil, args[0]
	}
	return args, ""
}

// completePlay completes exercises, and then their tests and the problems of the last check.
func (a *app) completePlay(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) != 1 {
		return a.completeExercise()(cmd, args, begun)
	}
	set, err := a.set()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	ex, err := a.find(set, args[0])
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	canBe := func(p finding.Problem) bool { return len(shownBy(ex, p)) > 0 }
	return append(testNames(ex), a.completeProblems(cmd, ex, canBe)...), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// testNames are the tests of an exercise, in their order.
func testNames(ex exercise.Exercise) []string {
	files, err := ex.TestFiles()
	if err != nil {
		return nil
	}
	var names []string
	for _, file := range files {
		src, err := fs.ReadFile(ex.Dir, file)
		if err != nil {
			continue
		}
		names = append(names, source.ParseFile(file, src).Tests()...)
	}
	return names
}
