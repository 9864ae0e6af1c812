package main

import (
	"os"
	"path/filepath"

	"racelab/checker/exercise"

	"golang.org/x/mod/modfile"
)

// A workspace is where a learner works: a folder with exercises/ and a go.mod
// of module racelab. What `racelab init` writes is one, and so is a clone.
type workspace struct {
	dir string // absolute
}

// findWorkspace looks in dir and in the folders above it.
func findWorkspace(dir string) (workspace, bool) {
	for {
		if isWorkspace(dir) {
			return workspace{dir}, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return workspace{}, false
		}
		dir = parent
	}
}

func isWorkspace(dir string) bool {
	data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	return err == nil && modfile.ModulePath(data) == "racelab" && isDir(filepath.Join(dir, "exercises"))
}

// workspace is the one the user is in, or a usage error that says how to get one.
func (a *app) workspace() (workspace, error) {
	ws, ok := findWorkspace(a.cwd)
	if !ok {
		return ws, usage("there is no racelab workspace here, nor in a folder above. "+
			"Make one with `%s init` and go there with `cd racelab`, or go to the one you have.", a.command)
	}
	return ws, nil
}

// exerciseDir is where the learner edits ex.
func (w workspace) exerciseDir(ex exercise.Exercise) string {
	return filepath.Join(w.dir, "exercises", ex.ID)
}

// files are the paths of what the learner edits in ex.
func (w workspace) files(ex exercise.Exercise) []string {
	var out []string
	for _, name := range ex.Files {
		out = append(out, filepath.Join(w.exerciseDir(ex), name))
	}
	return out
}

// stateDir is where racelab keeps what it knows about this learner.
func (w workspace) stateDir() string { return filepath.Join(w.dir, ".racelab") }

// isClone reports whether this is a checkout of racelab itself.
func (w workspace) isClone() bool { return isDir(filepath.Join(w.dir, "cmd", "racelab")) }
