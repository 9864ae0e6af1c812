package main

import (
	"os"
	"path/filepath"

	"racelab/checker/exercise"
	"racelab/checker/lastcheck"

	"golang.org/x/mod/modfile"
)

// A lab is where a learner works: a folder with exercises/ and a go.mod
// of module racelab. What `racelab init` writes is one, and so is a clone.
type lab struct {
	dir string // absolute
}

// findLab looks in dir and in the folders above it.
func findLab(dir string) (lab, bool) {
	for {
		if isLab(dir) {
			return lab{dir}, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return lab{}, false
		}
		dir = parent
	}
}

func isLab(dir string) bool {
	data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	return err == nil && modfile.ModulePath(data) == "racelab" && isDir(filepath.Join(dir, "exercises"))
}

// lab is where the user is, or a usage error that says how to get one.
func (a *app) lab() (lab, error) {
	l, ok := findLab(a.cwd)
	if !ok {
		return l, usage("there is no lab here, nor in a folder above. "+
			"Make one with `%s init` and go there with `cd racelab`, or go to the one you have.", a.command)
	}
	return l, nil
}

// exerciseDir is where the learner edits ex.
func (l lab) exerciseDir(ex exercise.Exercise) string {
	return filepath.Join(l.dir, "exercises", ex.ID)
}

// files are the paths of what the learner edits in ex.
func (l lab) files(ex exercise.Exercise) []string {
	var out []string
	for _, name := range ex.Files {
		out = append(out, filepath.Join(l.exerciseDir(ex), name))
	}
	return out
}

// stateDir is where racelab keeps what it knows about this learner.
func (l lab) stateDir() string { return filepath.Join(l.dir, ".racelab") }

// checks are what the last check of each exercise said.
func (l lab) checks() lastcheck.Store { return lastcheck.Store(l.stateDir()) }

// isClone reports whether this is a checkout of racelab itself.
func (l lab) isClone() bool { return isDir(filepath.Join(l.dir, "cmd", "racelab")) }
