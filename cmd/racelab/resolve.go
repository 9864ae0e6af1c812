package main

import (
	"os"
	"path/filepath"
	"strings"

	"racelab/checker/exercise"

	"github.com/spf13/cobra"
)

// find resolves what the user calls an exercise.
func (a *app) find(set exercise.Set, name string) (exercise.Exercise, error) {
	path := name
	if strings.HasPrefix(name, ".") {
		path = a.abs(name) // "." and ".." say nothing by themselves
	}
	ex, near, ok := set.Find(path)
	switch {
	case ok:
		return ex, nil
	case near != "":
		return ex, usage("there is no exercise %q. Did you mean %s? `%s list` shows all of them.", name, near, a.command)
	default:
		return ex, usage("there is no exercise %q. `%s list` shows all of them.", name, a.command)
	}
}

// chosen is the exercise that args name. Without a name it is the one in whose
// folder the user is, or else the first that is not done. When there is none,
// the error shows how to name one to verb.
func (a *app) chosen(verb string, args []string) (ex exercise.Exercise, err error) {
	set, err := a.set()
	if err != nil {
		return ex, err
	}
	if len(args) > 0 {
		return a.find(set, args[0])
	}
	l, err := a.lab()
	if err != nil {
		return ex, err
	}
	if ex, ok := l.around(a.cwd, set); ok {
		return ex, nil
	}
	if ex, ok := nextUndone(set, a.progress(l), 0); ok {
		return ex, nil
	}
	return ex, usage("all %d exercises are done. Name one to see it again, as in `%s %s 01`.", len(set), a.command, verb)
}

// around is the exercise in whose folder dir lies.
func (l lab) around(dir string, set exercise.Set) (exercise.Exercise, bool) {
	rel, err := filepath.Rel(filepath.Join(l.dir, "exercises"), dir)
	if err != nil {
		return exercise.Exercise{}, false
	}
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	for _, ex := range set {
		if ex.ID == first {
			return ex, true
		}
	}
	return exercise.Exercise{}, false
}

// nextUndone is the first exercise after number that has not passed, going on
// from the start at the end.
func nextUndone(set exercise.Set, p progress, number int) (exercise.Exercise, bool) {
	var earlier *exercise.Exercise
	for i, ex := range set {
		switch {
		case p.passed(ex.ID) || ex.Number == number:
		case ex.Number > number:
			return ex, true
		case earlier == nil:
			earlier = &set[i]
		}
	}
	if earlier == nil {
		return exercise.Exercise{}, false
	}
	return *earlier, true
}

// completeExercise offers exercise names to the shell.
func (a *app) completeExercise(also ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		set, err := a.set()
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		out := append([]cobra.Completion(nil), also...)
		for _, ex := range set {
			out = append(out, cobra.CompletionWithDesc(ex.ID, ex.Title))
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

// need makes sure that a folder is there before something is read from it.
func (a *app) need(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case os.IsNotExist(err):
		return usage("there is no folder %s.", a.shorten(dir))
	case err != nil:
		return err
	case !info.IsDir():
		return usage("%s is a file, not a folder.", a.shorten(dir))
	}
	return nil
}
