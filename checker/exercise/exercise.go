// Package exercise reads exercises: the manifest, the broken code, its tests,
// the hints, the reference solution and its variants, each from any fs.FS.
//
// It knows what an exercise consists of and checks that it is complete; it
// builds and runs nothing.
package exercise

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"racelab/checker/finding"
)

// An Exercise is one broken program with all that belongs to it.
type Exercise struct {
	Manifest
	// ID is the folder's name: "01-unlocked-balance".
	ID string
	// Dir holds exercise.toml, README.md, the broken code and its tests.
	Dir fs.FS
	// Reference and Variants are nil in a binary without solutions.
	Reference fs.FS
	Variants  []Variant
	// Hints are the graduated hints, first one first, in Markdown.
	Hints []string
}

// Manifest is the content of exercise.toml. Unknown keys are errors.
type Manifest struct {
	Number int    `toml:"number"`
	Slug   string `toml:"slug"`
	Title  string `toml:"title"`
	Part   int    `toml:"part"`
	// Files are what the learner edits; everything else is ours.
	Files []string `toml:"files"`
	// Imports are allowed beyond the usual ones (package stage lists those).
	Imports []string `toml:"imports"`
	// Learn says in a sentence or two what solving this teaches.
	Learn string `toml:"learn"`
	// Outcome is "one" when every right fix shows the same observations
	// (testing.T.Attr) as the reference, "any" when the tests' own invariants
	// decide alone.
	Outcome     string      `toml:"outcome"`
	Expect      []Expect    `toml:"expect"`
	Rubric      []Line      `toml:"rubric"`
	Limits      Limits      `toml:"limits"`
	Concurrency Concurrency `toml:"concurrency"`
}

// Expect is one kind of finding that the broken version shows.
type Expect struct {
	Kind     finding.Kind     `toml:"kind"`
	Detector finding.Detector `toml:"detector"`
	// Sometimes marks what only native runs show, and only now and then: allowed,
	// not required. Exploring shows a kind in every check or in none.
	Sometimes bool `toml:"sometimes"`
}

// Line is one line of the rubric: Points are kept unless an error of one of
// Kinds was found.
type Line struct {
	Name   string         `toml:"name"`
	Kinds  []finding.Kind `toml:"kinds"`
	Points int            `toml:"points"`
}

// Limits bound one execution.
type Limits struct {
	// Run is wall-clock time, as in "5s"; 0 takes the default.
	Run Duration `toml:"run"`
}

// Concurrency says how much slower than the reference, in virtual time, a
// right fix may be.
type Concurrency struct {
	Factor float64 `toml:"factor"`
}

// Duration is a time.Duration written as in Go: "1.5s".
type Duration time.Duration

// UnmarshalText parses what time.ParseDuration accepts.
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	*d = Duration(v)
	return err
}

// Outcomes a manifest may name.
const (
	OutcomeOne = "one"
	OutcomeAny = "any"
)

// MaxScore is the sum of the rubric's points.
func (m Manifest) MaxScore() int {
	sum := 0
	for _, l := range m.Rubric {
		sum += l.Points
	}
	return sum
}

// TestFiles returns the names of the exercise's _test.go files, sorted.
func (e Exercise) TestFiles() ([]string, error) {
	names, err := fs.Glob(e.Dir, "*_test.go")
	slices.Sort(names)
	return names, err
}

// ImportPath is the path under which tests import the exercise's package.
func (e Exercise) ImportPath() string { return path.Join("racelab/exercises", e.ID) }

// ContractFile is the name of the file that has the contract, in the folder testdata
// of the solution and beside the tests when they are built.
const ContractFile = finding.ContractFile

// EquivalentsFile is where an exercise's solutions folder says which mutants are as
// right as the fixes that they were made of.
const EquivalentsFile = "equivalents.toml"

// Contract returns the exercise's contract; nil if it has none.
func (e Exercise) Contract() ([]byte, error) {
	if e.Reference == nil {
		return nil, nil
	}
	data, err := fs.ReadFile(e.Reference, path.Join("testdata", ContractFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// Complete are the editable files of the program that v makes: those that it does not replace
// are the reference's.
func (e Exercise) Complete(v Variant) map[string][]byte {
	files := e.solved()
	maps.Copy(files, v.Files)
	return files
}

// solved are the editable files of the reference, as far as they are there.
func (e Exercise) solved() map[string][]byte { return filesIn(e.Reference, e.Files) }

// handedOut are the editable files that the learner begins with.
func (e Exercise) handedOut() map[string][]byte { return filesIn(e.Dir, e.Files) }

func filesIn(dir fs.FS, names []string) map[string][]byte {
	files := map[string][]byte{}
	for _, name := range names {
		if dir == nil {
			continue
		}
		if src, err := fs.ReadFile(dir, name); err == nil {
			files[name] = src
		}
	}
	return files
}

// Original returns the broken version of an editable file.
func (e Exercise) Original(name string) ([]byte, error) {
	return fs.ReadFile(e.Dir, name)
}

// Set is every exercise, by number.
type Set []Exercise

// Content is where exercises, solutions and hints come from. Solutions and
// Hints may be nil.
type Content struct {
	Exercises, Solutions, Hints fs.FS
}

// Load reads every exercise of content, sorted by number.
func Load(content Content) (Set, error) {
	dirs, err := fs.Glob(content.Exercises, "[0-9]*")
	if err != nil {
		return nil, err
	}
	var set Set
	for _, id := range dirs {
		ex, err := load(content, id)
		if err != nil {
			return nil, fmt.Errorf("exercise %s: %w", id, err)
		}
		set = append(set, ex)
	}
	slices.SortFunc(set, func(a, b Exercise) int { return a.Number - b.Number })
	return set, nil
}

func load(content Content, id string) (Exercise, error) {
	dir, err := fs.Sub(content.Exercises, id)
	if err != nil {
		return Exercise{}, err
	}
	ex := Exercise{ID: id, Dir: dir}
	if ex.Manifest, err = readManifest(dir); err != nil {
		return ex, err
	}
	if content.Hints != nil {
		if ex.Hints, err = readHints(content.Hints, id); err != nil {
			return ex, err
		}
	}
	if content.Solutions != nil {
		if ex.Reference, err = fs.Sub(content.Solutions, id); err != nil {
			return ex, err
		}
		ex.Variants, err = readVariants(ex.Reference, ex.Files)
	}
	return ex, err
}

// Find resolves what a person calls an exercise: "3", "03", "03-pipe-ends",
// "pipe-ends", or a path that ends in one of those or in a Go file below it.
// When nothing matches, near is the ID of the most similar one, if one is similar.
func (s Set) Find(name string) (ex Exercise, near string, ok bool) {
	name = strings.TrimRight(strings.ReplaceAll(name, "\\", "/"), "/")
	if dir, file := path.Split(name); dir != "" && path.Ext(file) == ".go" {
		name = strings.TrimRight(dir, "/")
	}
	base := strings.ToLower(strings.TrimSuffix(path.Base(name), ".go"))
	for _, e := range s {
		if base == e.ID || base == e.Slug || base == fmt.Sprint(e.Number) || base == fmt.Sprintf("%02d", e.Number) {
			return e, "", true
		}
	}
	return Exercise{}, s.nearest(base), false
}

// FindAll resolves one exercise, as Find does, or a range of numbers: "01-10".
func (s Set) FindAll(name string) (some Set, near string, ok bool) {
	from, to, _ := strings.Cut(strings.TrimSpace(name), "-")
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if err1 == nil && err2 == nil {
		for _, e := range s {
			if e.Number >= first && e.Number <= last {
				some = append(some, e)
			}
		}
		return some, "", len(some) > 0
	}
	ex, near, ok := s.Find(strings.TrimSpace(name))
	if !ok {
		return nil, near, false
	}
	return Set{ex}, "", true
}

func (s Set) nearest(name string) string {
	var names []string
	for _, e := range s {
		names = append(names, e.ID)
	}
	return Nearest(name, names)
}
