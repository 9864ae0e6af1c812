package mutate

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// An Equivalent gives the reason why some mutants need not fail.
type Equivalent struct {
	Reason  string   `toml:"reason"`
	Mutants []string `toml:"mutants"` // "reference/ID", "accepted/NAME/ID"
}

// Equivalents are those of an exercise.
type Equivalents []Equivalent

// ParseEquivalents reads a file of them, in TOML.
func ParseEquivalents(data []byte) (Equivalents, error) {
	var file struct {
		Equivalent Equivalents `toml:"equivalent"`
	}
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(&file); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for i, e := range file.Equivalent {
		if len(strings.Fields(e.Reason)) < 3 || len(e.Mutants) == 0 {
			return nil, fmt.Errorf("entry %d needs a reason, in a sentence, and mutants", i+1)
		}
		for _, m := range e.Mutants {
			if seen[m] {
				return nil, fmt.Errorf("%s stands there twice", m)
			}
			seen[m] = true
		}
	}
	return file.Equivalent, nil
}

// Reason is why the named mutant need not fail, "" where it must.
func (es Equivalents) Reason(mutant string) string {
	for _, e := range es {
		for _, m := range e.Mutants {
			if m == mutant {
				return e.Reason
			}
		}
	}
	return ""
}
