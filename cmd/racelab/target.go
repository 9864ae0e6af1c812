package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/submission"
)

// target finds what `check NN --from DIR` means.
func (a *app) target(args []string, from string) (target, error) {
	if from == "" {
		ex, err := a.chosen("check", args)
		if err != nil {
			return target{}, err
		}
		return a.labTarget(ex)
	}
	dir := a.abs(from)
	if isFile(dir) {
		return a.fileTarget(args, dir)
	}
	if err := a.need(dir); err != nil {
		return target{}, err
	}
	ex, err := a.chosenFrom(args, dir)
	if err != nil {
		return target{}, err
	}
	t, ok := targetIn(dir, ex)
	if !ok {
		return t, usage("%s holds neither Go files (%s) nor a folder %s. --from names a folder with the files to check.",
			a.shorten(dir), ex.Files[0], ex.ID)
	}
	return t, nil
}

// fileTarget is one file that was handed in, whatever it is called.
func (a *app) fileTarget(args []string, path string) (target, error) {
	if filepath.Ext(path) != ".go" {
		return target{}, usage("%s is not a Go file. --from names a folder with the files to check, or one Go file.", a.shorten(path))
	}
	ex, err := a.chosenFrom(args, filepath.Dir(path))
	if err != nil {
		return target{}, err
	}
	if len(ex.Files) > 1 {
		return target{}, usage("%s has %d files to edit. Name the folder that holds them.", ex.ID, len(ex.Files))
	}
	return target{ex: ex, dir: filepath.Dir(path), file: filepath.Base(path)}, nil
}

// names are those of the submission's files, in t.dir.
func (t target) names() []string {
	if t.file != "" {
		return []string{t.file}
	}
	return t.ex.Files
}

// read reads the submission. One file that was handed in stands for the one that
// the exercise has, and those beside it are of no concern.
func (t target) read() (submission.Submission, error) {
	sub, err := submission.Read(t.dir, t.names())
	if t.file == "" || err != nil {
		return sub, err
	}
	sub.Extra = nil
	if src, ok := sub.Files[t.file]; ok {
		sub.Files = map[string][]byte{t.ex.Files[0]: src}
	}
	return sub, nil
}

// chosenFrom also takes the exercise's name from the folder's.
func (a *app) chosenFrom(args []string, dir string) (exercise.Exercise, error) {
	set, err := a.set()
	if err != nil {
		return exercise.Exercise{}, err
	}
	if len(args) > 0 {
		return a.find(set, args[0])
	}
	if ex, _, ok := set.Find(filepath.Base(dir)); ok {
		return ex, nil
	}
	return exercise.Exercise{}, usage("say which exercise the files in %s belong to, as in `%s check 01 --from %s`.",
		a.shorten(dir), a.command, a.shorten(dir))
}

// targetIn looks for ex in a folder that was handed to us: its files alone, an
// exercise folder, a folder of those, or a lab.
func targetIn(dir string, ex exercise.Exercise) (target, bool) {
	for _, folder := range []string{filepath.Join(dir, ex.ID), filepath.Join(dir, "exercises", ex.ID)} {
		if isDir(folder) {
			return target{ex: ex, dir: folder}, true
		}
	}
	if holdsGo(dir) {
		return target{ex: ex, dir: dir}, true
	}
	return target{ex: ex}, false
}

// holdsGo reports whether there are Go files in dir: which of them are missing,
// or have the wrong name, is then for the checker to say.
func holdsGo(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return strings.HasSuffix(e.Name(), ".go")
	})
}

// labTarget is the learner's own version.
func (a *app) labTarget(ex exercise.Exercise) (target, error) {
	l, err := a.lab()
	if err != nil {
		return target{}, err
	}
	t := target{ex: ex, dir: l.exerciseDir(ex), lab: &l}
	if _, err := os.Stat(t.dir); errors.Is(err, os.ErrNotExist) {
		return t, usage("the folder %s is gone. `%s init %s` brings it back.", a.shorten(t.dir), a.command, a.shorten(l.dir))
	}
	return t, a.need(t.dir)
}

func joinPath(dir, name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }

// shellWord is s as shells take it for one word.
func shellWord(s string) string {
	if s != "" && strings.Trim(s, safeInShells) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

const safeInShells = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./,:@%+="
