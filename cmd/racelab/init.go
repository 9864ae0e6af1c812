package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"racelab/checker/exercise"

	"github.com/spf13/cobra"
)

// template holds what a lab has beside the exercises. The names end in
// .txt, because go.mod would make the folder a module of its own and git would
// obey .gitignore.
//
//go:embed template
var template embed.FS

// templates are the files in template, in the order in which they are written:
// go.mod is part of what marks a folder as a lab.
var templates = []struct{ from, to string }{
	{"go.mod.txt", "go.mod"},
	{"go.sum.txt", "go.sum"},
	{"gitignore.txt", ".gitignore"},
	{"README.md.txt", "README.md"},
}

func (a *app) newInitCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Make a lab: a folder with the exercises",
		Long: `Make a lab: a folder with the exercises, ./racelab unless you name another.

This needs neither the network nor a clone of racelab's repository. In a lab
that exists, init adds the exercises and files that are missing. It never
changes a file that exists.`,
		Example: `  racelab init
  cd racelab
  racelab`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := filepath.Join(a.cwd, "racelab")
			if len(args) > 0 {
				dir = a.abs(args[0])
			} else if l, ok := findLab(a.cwd); ok {
				dir = l.dir // adding what is missing, rather than one inside the other
			}
			return a.runInit(cmd.Context(), dir)
		},
	}
}

func (a *app) runInit(ctx context.Context, dir string) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	existed, err := a.mayHold(dir)
	if err != nil {
		return err
	}
	w := &labWriter{dir: dir}
	if err := w.writeAll(ctx, set); err != nil {
		if w.written > 0 {
			a.note("%d files were written before that; `%s init %s` goes on from there", w.written, a.command, a.shorten(dir))
		}
		return err
	}
	switch {
	case w.written == 0:
		a.say("%s has all %d exercises already. Nothing was changed.", a.shorten(dir), len(set))
		return nil
	case existed:
		a.say("Added to %s what was missing: %d files.", a.shorten(dir), w.written)
		for _, ex := range w.added {
			a.say("  new: %s: %s", ex.ID, ex.Title)
		}
		a.say("Nothing else was changed.")
		return nil
	}
	a.say("Made %s with %d exercises. What next:", a.shorten(dir), len(set))
	a.say("")
	if dir != a.cwd {
		a.say("  %s", a.palette.Code("cd "+a.shorten(dir)))
	}
	a.commands([][2]string{
		{"doctor", "does everything work on this machine?"},
		{"", "the first exercise, and what to do"},
	})
	return nil
}

// mayHold reports whether dir is a lab already, and refuses a folder that
// holds something else.
func (a *app) mayHold(dir string) (existed bool, err error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(entries) == 0:
		return false, nil
	case err == nil && isLab(dir):
		return true, nil
	case err == nil:
		return false, usage("%s is not empty, and not a lab. Choose another folder, as in `%s init %s`.",
			a.shorten(dir), a.command, filepath.Join(a.shorten(dir), "racelab"))
	case !isDir(dir):
		return false, usage("%s is a file. Choose another name: `%s init NAME`.", a.shorten(dir), a.command)
	}
	return false, fmt.Errorf("look into %s: %w", dir, err)
}

// A labWriter adds what is missing in a lab.
type labWriter struct {
	dir     string
	written int                 // files
	added   []exercise.Exercise // that were not there at all
}

// writeAll begins with what marks the folder as a lab, so that a run that
// was cut short can be taken up again.
func (w *labWriter) writeAll(ctx context.Context, set exercise.Set) error {
	if err := os.MkdirAll(filepath.Join(w.dir, "exercises"), 0o755); err != nil {
		return cannotWrite(w.dir, err)
	}
	for _, f := range templates {
		if err := w.copy(template, path.Join("template", f.from), f.to); err != nil {
			return err
		}
	}
	for _, ex := range set {
		if err := w.writeExercise(ctx, ex); err != nil {
			return err
		}
	}
	return nil
}

func (w *labWriter) writeExercise(ctx context.Context, ex exercise.Exercise) error {
	folder := path.Join("exercises", ex.ID)
	if !isDir(filepath.Join(w.dir, filepath.FromSlash(folder))) {
		w.added = append(w.added, ex)
	}
	return fs.WalkDir(ex.Dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil || d.IsDir() {
			return err
		}
		if name == exercise.ManifestFile {
			return nil // it gives away what is to be found; racelab has its own
		}
		return w.copy(ex.Dir, name, path.Join(folder, name))
	})
}

// copy writes the file from of src as to, below the lab, unless there is one.
func (w *labWriter) copy(src fs.FS, from, to string) error {
	data, err := fs.ReadFile(src, from)
	if err != nil {
		return err
	}
	isNew, err := writeNew(filepath.Join(w.dir, filepath.FromSlash(to)), data)
	if isNew && err == nil {
		w.written++
	}
	return err
}
