package main

import (
	"os"
	"path/filepath"

	"racelab/checker/exercise"

	"github.com/spf13/cobra"
)

// newDevCommand groups what authors of exercises need. Learners never do.
func newDevCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "dev",
		Short: "Write exercises: scaffold, prove, mutate, measure",
		Long: `Tools for authors of exercises. They work in a clone of racelab's repository;
CONTRIBUTING.md there says what an exercise consists of.`,
		Hidden: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return usage("there is no command \"dev %s\". `%s dev --help` shows what there is.", args[0], a.command)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newDevNewCommand(a), newDevCheckCommand(a), newDevMatrixCommand(a), newDevMutateCommand(a), newDevBenchCommand(a))
	return cmd
}

// A clone is a copy of racelab's repository: a lab that has the solutions,
// as files and not only within this program.
type clone struct{ lab }

// clone is where the user is.
func (a *app) clone() (clone, error) {
	l, ok := findLab(a.cwd)
	if !ok {
		return clone{}, usage("there is no clone of racelab's repository here, nor in a folder above. " +
			"Exercises are written in one: go there first.")
	}
	if !l.isClone() {
		return clone{}, usage("%s is a learner's lab. "+
			"Exercises are written in a clone of racelab's repository: go there first.", a.shorten(l.dir))
	}
	return clone{l}, nil
}

// content reads from the disk, not from what was embedded when this program was
// built: what an author has just saved counts, and so does what embedding would
// leave out, such as an editor's backup.
func (c clone) content() exercise.Content {
	room := func(name string) string { return filepath.Join(c.dir, name) }
	return exercise.Content{
		Exercises: os.DirFS(room("exercises")),
		Solutions: os.DirFS(room("solutions")),
		Hints:     os.DirFS(room("hints")),
	}
}
