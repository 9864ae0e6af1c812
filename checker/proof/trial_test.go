package proof

import (
	"go/parser"
	"go/token"
	"slices"
	"testing"

	"racelab/checker/exercise"
	"racelab/checker/finding"
)

// A kind that two detectors show is expected once; if one of them shows it every time, so.
func TestExpectation(t *testing.T) {
	ex := exercise.Exercise{Manifest: exercise.Manifest{Expect: []exercise.Expect{
		{Kind: finding.WrongResult, Detector: finding.Tests, Sometimes: true},
		{Kind: finding.Panic, Detector: finding.Runtime, Sometimes: true},
		{Kind: finding.WrongResult, Detector: finding.Contract},
		{Kind: finding.DataRace, Detector: finding.Race},
	}}}
	if got, want := expectation(ex), []string{"data-race", "(panic)", "wrong-result"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Scenarios fail in schedules of their own.
func TestFailingCountsScenarios(t *testing.T) {
	v := finding.Verdict{Runs: []finding.Run{{Mode: finding.ExploreMode, Schedules: 273, ScenarioSchedules: 2, Failing: 275}}}
	if n, of := Failing(v, finding.ExploreMode); n != 275 || of != 275 {
		t.Errorf("%d of %d", n, of)
	}
	v.Runs[0].Schedules = 0
	if note := (Trial{}).Unexplored([]finding.Verdict{v}); note == "" {
		t.Error("scenarios alone say nothing of the tests")
	}
}

func TestWithConstants(t *testing.T) {
	source, ok := withConstants([]byte("// A comment about\n// package a\n\npackage a\n\nimport \"time\"\n\nvar d = time.Second\n"))
	if !ok {
		t.Fatal("the package clause is not found")
	}
	if f, err := parser.ParseFile(token.NewFileSet(), "a.go", source, 0); err != nil || len(f.Imports) != 2 {
		t.Errorf("%v in\n%s", err, source)
	}
	if _, ok := withConstants([]byte("package a; var x int")); ok {
		t.Error("where there is more on the line, it is not known what comes next")
	}
}
