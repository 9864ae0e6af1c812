package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/submission"
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

// A labFile is a file of a lab as this racelab hands it out.
type labFile struct {
	name string // below the lab, with slashes
	data []byte
	of   *exercise.Exercise // whose it is; nil for what a lab has beside them
}

// labFiles are all files of a lab, in the order in which they are written.
func labFiles(set exercise.Set) ([]labFile, error) {
	var out []labFile
	for _, t := range templates {
		data, err := template.ReadFile(path.Join("template", t.from))
		if err != nil {
			return nil, err
		}
		out = append(out, labFile{name: t.to, data: data})
	}
	for i := range set {
		files, err := exerciseFiles(&set[i])
		if err != nil {
			return nil, err
		}
		out = append(out, files...)
	}
	return out, nil
}

// exerciseFiles are those of one exercise. The manifest gives away what is to be found;
// racelab has its own.
func exerciseFiles(ex *exercise.Exercise) ([]labFile, error) {
	var out []labFile
	err := fs.WalkDir(ex.Dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == exercise.ManifestFile {
			return err
		}
		data, err := fs.ReadFile(ex.Dir, name)
		out = append(out, labFile{name: path.Join("exercises", ex.ID, name), data: data, of: ex})
		return err
	})
	return out, err
}

// yours reports whether the learner edits f: what is in it is no concern of ours then. A
// .gitignore is theirs to add to.
func (f labFile) yours() bool {
	if f.of == nil {
		return f.name == ".gitignore"
	}
	return slices.Contains(f.of.Files, path.Base(f.name))
}

// A labState is how a file of a lab compares with what this racelab hands out.
type labState int

const (
	isSame labState = iota
	isOld           // or edited, which nobody can tell from it
	isMissing
)

// look compares what the lab has of f. Git may have changed how its lines end. An error says
// what stands in its place that racelab did not put there, and does not touch: a folder, a
// link, which may lead out of the lab, or what cannot be read.
func (l lab) look(f labFile) (labState, error) {
	if err := l.aside(f); err != nil {
		return isOld, err
	}
	data, broken := submission.ReadFile(os.DirFS(l.dir), f.name)
	switch {
	case broken != nil && broken.Rule == finding.RuleMissing:
		return isMissing, nil
	case broken != nil:
		return isOld, errors.New(report.Message(submission.Breach(filepath.FromSlash(f.name), *broken)))
	case bytes.Equal(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), f.data):
		return isSame, nil
	}
	return isOld, nil
}

// aside says which of the folders of f is none, or a link to one.
func (l lab) aside(f labFile) error {
	for dir := path.Dir(f.name); dir != "."; dir = path.Dir(dir) {
		if info, err := os.Lstat(joinPath(l.dir, dir)); err == nil && !info.IsDir() {
			return fmt.Errorf("%s is a link or a file, and no folder", filepath.FromSlash(dir))
		}
	}
	return nil
}

// oldFiles names those of files that are ours and not as this racelab has them. In a clone
// all of them are its own, and what stands in the place of one is for others to say.
func (l lab) oldFiles(files []labFile) []string {
	if l.isClone() {
		return nil
	}
	var out []string
	for _, f := range files {
		if state, err := l.look(f); err == nil && state == isOld && !f.yours() {
			out = append(out, f.name)
		}
	}
	return out
}
