package vet_test

import (
	"go/importer"
	"go/token"
	"path/filepath"
	"testing"

	"racelab/checker/detect/internal/golden"
	"racelab/checker/detect/vet"
	"racelab/checker/finding"
	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
)

const sources = "testdata/*.go"

func analyse(t *testing.T, name string, src []byte) []vet.Diagnostic {
	t.Helper()
	files := map[string][]byte{filepath.Base(name): src}
	checked := source.Parse("racelab/exercises/vetted", "go1.26", files).Check(importer.ForCompiler(token.NewFileSet(), "source", nil))
	found, err := vet.Analyse(checked.Own)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// What go vet said of the same programs is what was golden first.
func TestFindings(t *testing.T) {
	golden.Check(t, sources, func(t *testing.T, name string, src []byte) []finding.Finding {
		return vet.Findings(analyse(t, name, src))
	})
}

// The path of its own package tells a learner nothing.
func TestFindingsNameTypesShortly(t *testing.T) {
	d := vet.Diagnostic{
		Package: "racelab/exercises/x", Analyzer: "copylocks", File: "x.go", Line: 3, Column: 4,
		Message: "return copies lock value: racelab/exercises/x.Account contains sync.Mutex\nand more",
	}
	want := []finding.Finding{{
		Kind: finding.Vet, Detector: finding.GoVet, Severity: finding.Error,
		Fact:     finding.Fact{Quotation: &finding.Quotation{Text: "return copies lock value: Account contains sync.Mutex", Analyzer: "copylocks"}},
		Location: finding.Location{File: "x.go", Line: 3},
		Evidence: finding.Evidence{Output: "x.go:3:4: " + d.Message},
	}}
	if diff := cmp.Diff(want, vet.Findings([]vet.Diagnostic{d, d})); diff != "" {
		t.Error(diff)
	}
}
