package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"

	"racelab/checker/exercise"
	"racelab/checker/mutate"
	"racelab/checker/stage"
	"racelab/checker/submission"
)

// A mutant is one of an exercise's, with what became of it.
type mutant struct {
	mutate.Mutant
	of    string // "reference", "accepted/atomic"
	file  string // of that, from the repository's top
	alike string // the reason why it need not fail
	fate  fate
	right map[string][]byte // the files of the right fix
	key   string            // names by content all that its fate depends on
}

// name is what it is called in equivalents.toml.
func (m mutant) name() string { return m.of + "/" + m.ID }

// mutants makes those of the reference and of the accepted fixes of ex.
func mutants(ex exercise.Exercise, imports *stdImporter) ([]mutant, error) {
	all, err := trials(ex)
	if err != nil {
		return nil, err
	}
	var out []mutant
	for _, t := range all {
		if !t.mutable {
			continue
		}
		made, err := mutate.Mutants(mutate.Program{Path: ex.ImportPath(), GoVersion: stage.GoVersion, Files: t.submission.Files, Imports: imports})
		if err != nil {
			return nil, fmt.Errorf("%s does not compile: %w", t.file, err)
		}
		for _, m := range made {
			out = append(out, mutant{Mutant: m, of: t.name, file: path.Join(path.Dir(t.file), mutatedName(t, m)), right: t.submission.Files})
		}
	}
	return out, nil
}

// mutatedName is the name of the file that the mutant's changes are in. An accepted
// fix stands in a file of another name than the one that it takes the place of.
func mutatedName(t trial, m mutate.Mutant) string {
	if t.variant {
		return path.Base(t.file)
	}
	return m.File
}

// chosen are n of the numbers below all, in order; for 0 all of them. They depend on
// the seed alone.
func chosen(all, n int, seed uint64) []int {
	numbers := rand.New(rand.NewPCG(seed, uint64(all))).Perm(all)
	if n > 0 && n < all {
		numbers = numbers[:n]
	}
	slices.Sort(numbers)
	return numbers
}

func equivalents(content exercise.Content, ex exercise.Exercise) (mutate.Equivalents, error) {
	name := path.Join(ex.ID, exercise.EquivalentsFile)
	data, err := fs.ReadFile(content.Solutions, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	known, err := mutate.ParseEquivalents(data)
	if err != nil {
		return nil, fmt.Errorf("solutions/%s: %w", name, err)
	}
	return known, nil
}

// unmatched says which entries of equivalents.toml belong to no mutant.
func unmatched(known mutate.Equivalents, all []mutant) []string {
	var out []string
	for _, e := range known {
		for _, name := range e.Mutants {
			if !slices.ContainsFunc(all, func(m mutant) bool { return m.name() == name }) {
				out = append(out, name+": there is no such mutant any more")
			}
		}
	}
	return out
}

func (m mutant) submission() submission.Submission { return submission.Submission{Files: m.Files} }
