package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"racelab/checker/exercise"
	"racelab/checker/report"
	"racelab/checker/report/terminal"

	"github.com/spf13/cobra"
)

func (a *app) newInitCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Make a lab: a folder with the exercises",
		Long: `Make a lab: a folder with the exercises, ./racelab unless you name another.

This needs neither the network nor a clone of racelab's repository. In a lab
that exists, init adds the exercises and files that are missing. It never
changes a file that exists: upgrade does that.`,
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
	files, err := labFiles(set)
	if err != nil {
		return err
	}
	w := &labWriter{dir: dir}
	if err := w.writeAll(ctx, files); err != nil {
		if w.written > 0 {
			a.note("%d files were written before that; `%s init %s` goes on from there", w.written, a.command, a.shorten(dir))
		}
		return err
	}
	if existed {
		a.sayAdded(w, set)
		if words := a.aboutOld(lab{dir}, files); words != "" {
			a.say("")
			a.paragraph("", words+". "+a.renewing())
		}
		return nil
	}
	a.paragraph("", fmt.Sprintf("Made %s with %d exercises. What next:", a.shorten(dir), len(set)))
	a.say("")
	if dir != a.cwd {
		a.say("  %s", a.palette.Code("cd "+terminal.Line(a.shorten(dir))))
	}
	a.commands([][2]string{
		{"doctor", "does everything work on this machine?"},
		{"", "the first exercise, and what to do"},
	})
	return nil
}

// sayAdded says what was missing in a lab.
func (a *app) sayAdded(w *labWriter, set exercise.Set) {
	for _, why := range w.left {
		a.paragraph("", why+". It stays.")
	}
	if w.written == 0 && len(w.left) == 0 {
		a.paragraph("", fmt.Sprintf("%s has all %d exercises already. Nothing was changed.", a.shorten(w.dir), len(set)))
		return
	}
	if w.written == 0 {
		a.paragraph("", "Nothing else was missing. Nothing was changed.")
		return
	}
	a.paragraph("", fmt.Sprintf("Added to %s what was missing: %s.", a.shorten(w.dir), report.Count(w.written, "file")))
	for _, ex := range w.added {
		a.say("  new: %s: %s", ex.ID, ex.Title)
	}
	a.say("Nothing else was changed.")
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
	left    []string            // what stands in the place of a file, and stays
}

// writeAll begins with what marks the folder as a lab, so that a run that
// was cut short can be taken up again.
func (w *labWriter) writeAll(ctx context.Context, files []labFile) error {
	if err := os.MkdirAll(filepath.Join(w.dir, "exercises"), 0o755); err != nil {
		return cannotWrite(w.dir, err)
	}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.write(f); err != nil {
			return err
		}
	}
	return nil
}

// write writes f unless there is something of that name.
func (w *labWriter) write(f labFile) error {
	state, inTheWay := lab{w.dir}.look(f)
	switch {
	case inTheWay != nil:
		w.left = appendNew(w.left, inTheWay.Error())
		return nil
	case state != isMissing:
		return nil
	}
	if f.of != nil && !isDir(joinPath(w.dir, "exercises/"+f.of.ID)) {
		w.added = append(w.added, *f.of)
	}
	isNew, err := writeNew(joinPath(w.dir, f.name), f.data)
	if isNew && err == nil {
		w.written++
	}
	return err
}
