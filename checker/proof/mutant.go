package proof

import (
	"errors"
	"fmt"
	"go/types"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"

	"racelab/checker/exercise"
	"racelab/checker/mutate"
	"racelab/checker/stage"
	"racelab/checker/submission"
)

// A Mutant is one of a right fix of an exercise.
type Mutant struct {
	mutate.Mutant
	Of    string            // "reference", "accepted/atomic"
	Path  string            // of that, from the repository's top
	Right map[string][]byte // the files of the right fix
}

// Name is what it is called in equivalents.toml.
func (m Mutant) Name() string { return m.Of + "/" + m.ID }

// Mutants makes those of the reference and of the accepted fixes of ex.
func Mutants(ex exercise.Exercise, imports types.Importer) ([]Mutant, error) {
	all, err := Trials(ex)
	if err != nil {
		return nil, err
	}
	var out []Mutant
	for _, t := range all {
		if !t.Mutable {
			continue
		}
		made, err := mutate.Mutants(mutate.Program{Path: ex.ImportPath(), GoVersion: stage.GoVersion, Files: t.Submission.Files, Imports: imports})
		if err != nil {
			return nil, fmt.Errorf("%s does not compile: %w", t.File, err)
		}
		for _, m := range made {
			out = append(out, Mutant{Mutant: m, Of: t.Name, Path: path.Join(path.Dir(t.File), mutatedName(t, m)), Right: t.Submission.Files})
		}
	}
	return out, nil
}

// mutatedName is the name of the file that the mutant's changes are in. An accepted
// fix stands in a file of another name than the one that it takes the place of, unless it
// is a folder.
func mutatedName(t Trial, m mutate.Mutant) string {
	if base := path.Base(t.File); t.Variant && t.Submission.Files[base] == nil {
		return base
	}
	return m.File
}

// Chosen are n of the numbers below all, in order; for 0 all of them. They depend on
// the seed alone.
func Chosen(all, n int, seed uint64) []int {
	numbers := rand.New(rand.NewPCG(seed, uint64(all))).Perm(all)
	if n > 0 && n < all {
		numbers = numbers[:n]
	}
	slices.Sort(numbers)
	return numbers
}

// Equivalents are the reasons why some mutants need not fail.
func Equivalents(content exercise.Content, ex exercise.Exercise) (mutate.Equivalents, error) {
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

// Unmatched says which entries of equivalents.toml belong to no mutant.
func Unmatched(known mutate.Equivalents, all []Mutant) []string {
	var out []string
	for _, e := range known {
		for _, name := range e.Mutants {
			if !slices.ContainsFunc(all, func(m Mutant) bool { return m.Name() == name }) {
				out = append(out, name+": there is no such mutant any more")
			}
		}
	}
	return out
}

// Submission is the mutant, handed in.
func (m Mutant) Submission() submission.Submission { return submission.Submission{Files: m.Files} }
