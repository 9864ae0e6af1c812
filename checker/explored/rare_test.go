package explored

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"racelab/checker/exercise"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/sandbox"
	"racelab/checker/submission"
)

// rareDir has programs whose defects native runs hardly ever show, each with a
// twin in which it is mended.
const rareDir = "../explore/testdata/rare"

// rareBudget is within how many schedules each defect must show.
const rareBudget = 1000

func rareNames(tb testing.TB) []string {
	tb.Helper()
	tests, err := filepath.Glob(filepath.Join(rareDir, "*", "buggy", "*_test.go"))
	if err != nil || len(tests) < 12 {
		tb.Fatalf("%d rare programs, %v", len(tests), err)
	}
	var names []string
	for _, test := range tests {
		names = append(names, filepath.Base(filepath.Dir(filepath.Dir(test))))
	}
	return names
}

// A rareProgram is one that has been built.
type rareProgram struct {
	*session
	kind  finding.Kind // of the defect, as the buggy one names it
	tests []string
}

func buildRare(tb testing.TB, name, version string) rareProgram {
	tb.Helper()
	read := func(version, file string) []byte {
		text, err := os.ReadFile(filepath.Join(rareDir, name, version, file))
		if err != nil {
			tb.Fatal(err)
		}
		return text
	}
	code := name + ".go"
	first, _, _ := strings.Cut(string(read("buggy", code)), "\n")
	kind, ok := strings.CutPrefix(first, "// Rare: ")
	if !ok || !slices.Contains(finding.Kinds(), finding.Kind(kind)) {
		tb.Fatalf("%s begins with %q", name, first)
	}
	ex := exercise.Exercise{ID: "99-" + name, Dir: fstest.MapFS{name + "_test.go": {Data: read(version, name+"_test.go")}}}
	ex.Files = []string{code}
	built := fixture.Build(tb, ex, submission.Submission{Files: map[string][]byte{code: read(version, code)}})
	e := Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: built}.begin()
	tb.Cleanup(e.workers.Close)
	return rareProgram{session: e, kind: finding.Kind(kind), tests: built.Tests}
}

// explore runs all tests until one has failed, with the default strategy where
// strategy is nil, and returns what was found, and after how many schedules.
func (p rareProgram) explore(tb testing.TB, seed uint64, strategy func(test int) explore.Strategy) (found []finding.Finding, schedules int) {
	tb.Helper()
	failures := 1
	if strategy == nil {
		failures = 2 * failuresEnough // some programs show another defect as well, and that may come first
	}
	for i, test := range p.tests {
		o := explore.Options{
			Budget: explore.Budget{Schedules: rareBudget}, Seed: seed, Failures: failures,
			Symptoms: func(r explore.Ran) []explore.Symptom { return p.symptoms(test, r) },
		}
		if strategy != nil {
			o.Strategy, o.Minimise = strategy(i), -1
		}
		out, err := explore.Test(context.Background(), p.runner, explore.TestID{Index: i, Name: test}, o)
		if err != nil {
			tb.Fatal(err)
		}
		for _, f := range out.Failures {
			if fault := p.faultOf(test, f); fault != "" {
				tb.Errorf("%s: %s", test, fault)
			}
			found = append(found, p.findings(test, f, out.Coverage.Schedules)...)
		}
		if len(found) > 0 {
			return found, schedules + out.Failures[0].Number
		}
		schedules += out.Coverage.Schedules
	}
	return found, schedules
}

// TestRareDefects: what natively shows in fewer than 5 of 100 runs shows within
// 1,000 schedules, and the mended twins are clean.
func TestRareDefects(t *testing.T) {
	for i, name := range rareNames(t) {
		if testing.Short() && i%10 > 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			buggy := buildRare(t, name, "buggy")
			found, schedules := buggy.explore(t, 0, nil)
			if schedules > rareBudget || !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Kind == buggy.kind }) {
				t.Errorf("no %s in %d schedules: %v", buggy.kind, schedules, found)
			}
			t.Logf("%s after %d schedules", buggy.kind, schedules)
			if found, _ := buildRare(t, name, "fixed").explore(t, 0, nil); len(found) > 0 {
				t.Errorf("the mended twin: %+v", found[0])
			}
		})
	}
}
