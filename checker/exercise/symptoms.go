package exercise

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// SymptomsFile is where an exercise's solutions folder says what its broken version and
// its rejected fixes show when they are checked.
const SymptomsFile = "symptoms.toml"

// Symptoms are what versions show, by their names: "broken", "rejected/NAME".
type Symptoms map[string]Symptom

// A Symptom is what a version shows (finding.Verdict.Symptoms), and of which tests and
// source that was so.
type Symptom struct {
	Of    string   `toml:"of"`
	Shows []string `toml:"shows,multiline"`
}

// Broken is the name of the version that the learner begins with.
const Broken = "broken"

// Symptoms reads the file; there may be none.
func (e Exercise) Symptoms() (Symptoms, error) {
	if e.Reference == nil {
		return nil, nil
	}
	data, err := fs.ReadFile(e.Reference, SymptomsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var s Symptoms
	if err := toml.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("%s: %w", SymptomsFile, err)
	}
	return s, nil
}

// Text is the file.
func (s Symptoms) Text() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("# What the broken version and the rejected fixes show. `racelab dev check --record` writes it.\n")
	for _, name := range slices.Sorted(maps.Keys(s)) {
		text, err := toml.Marshal(Symptoms{name: s[name]})
		if err != nil {
			return nil, err
		}
		out.WriteString("\n")
		out.Write(text)
	}
	return out.Bytes(), nil
}

// Stamps says of which program, tests and contract something is: what a program shows depends
// on these. Layout, comments and names do not count.
func (e Exercise) Stamps() (func(program map[string][]byte) string, error) {
	tests, err := e.TestFiles()
	if err != nil {
		return nil, err
	}
	var asked strings.Builder
	for _, name := range tests {
		text, err := fs.ReadFile(e.Dir, name)
		if err != nil {
			return nil, err
		}
		asked.WriteString(shapeKey(string(text)))
	}
	contract, err := e.Contract()
	if err != nil {
		return nil, err
	}
	asked.WriteString(shapeKey(string(contract)))
	return func(program map[string][]byte) string {
		sum := sha256.Sum256([]byte(asked.String() + e.shape(program)))
		return hex.EncodeToString(sum[:6])
	}, nil
}
