package explored

import (
	"context"
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

// rareBudget is within how many schedules each defect must show, likeBudget that of
// a program whose goroutines are alike, however many there are.
const rareBudget, likeBudget = 1000, 20

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
	kind   finding.Kind // of the defect, as the buggy one names it
	tests  []string
	budget int // of schedules for each test
}

func buildRare(tb testing.TB, name, version string) rareProgram {
	tb.Helper()
	read := func(version, file string) []byte {
		return readFile(tb, filepath.Join(rareDir, name, version, file))
	}
	code := name + ".go"
	first, _, _ := strings.Cut(string(read("buggy", code)), "\n")
	kind, ok := strings.CutPrefix(first, "// Rare: ")
	if !ok || !slices.Contains(finding.Kinds(), finding.Kind(kind)) {
		tb.Fatalf("%s begins with %q", name, first)
	}
	p := buildTests(tb, name, read(version, code), read(version, name+"_test.go"))
	p.kind = finding.Kind(kind)
	if version == "fixed" { // as many as a check takes; the tests of one program are much the same
		p.budget = schedulesPerTest / len(p.tests)
	}
	return p
}

// buildTests builds a package that is one file of code and one of tests.
func buildTests(tb testing.TB, name string, code, tests []byte) rareProgram {
	tb.Helper()
	ex := exercise.Exercise{ID: "99-" + name, Dir: fstest.MapFS{name + "_test.go": {Data: tests}}}
	ex.Files = []string{name + ".go"}
	built := fixture.Build(tb, ex, submission.Submission{Files: map[string][]byte{name + ".go": code}})
	e := Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: built}.begin()
	tb.Cleanup(e.workers.Close)
	return rareProgram{session: e, tests: built.Tests, budget: rareBudget}
}

// label names a test of a program, in as few words as that takes.
func (p rareProgram) label(name string, test int) string {
	if len(p.tests) == 1 {
		return name
	}
	return name + "_" + strings.TrimPrefix(p.tests[test], "Test")
}

// explore runs one test until it has failed, with the default strategy where
// strategy is nil, and returns what was found, and after how many schedules.
func (p rareProgram) explore(tb testing.TB, i int, seed uint64, strategy func(test int) explore.Strategy) (found []finding.Finding, schedules int) {
	tb.Helper()
	test := p.tests[i]
	o := explore.Options{
		Budget: explore.Budget{Schedules: p.budget}, Seed: seed,
		Failures: 2 * failuresEnough, // some programs show another defect as well, and that may come first
		Minimise: justReplay,
		Symptoms: func(r explore.Ran) []explore.Symptom { return p.symptoms(test, r) },
	}
	if strategy != nil {
		o.Strategy, o.Failures = strategy(i), 1
	}
	out, err := explore.Test(context.Background(), p.runner, explore.TestID{Index: i, Name: test}, o)
	if err != nil {
		tb.Fatal(err)
	}
	for _, f := range out.Failures {
		if doubt := p.doubtOf(test, f); doubt != (finding.Doubt{}) {
			tb.Errorf("%s: %s", test, doubt.Why)
		}
		found = append(found, p.findings(test, f, out.Coverage.Schedules)...)
	}
	if len(found) > 0 {
		return found, out.Failures[0].Number
	}
	return found, out.Coverage.Schedules
}

// TestRareDefects: what natively shows in fewer than 5 of 100 runs shows within
// 1,000 schedules, among like goroutines within 20, and the mended twins are clean.
func TestRareDefects(t *testing.T) {
	for i, name := range rareNames(t) {
		if testing.Short() && i%10 > 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			buggy, fixed := buildRare(t, name, "buggy"), buildRare(t, name, "fixed")
			for i := range buggy.tests {
				found, schedules := buggy.explore(t, i, 0, nil)
				if !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Kind == buggy.kind }) {
					t.Errorf("%s: no %s in %d schedules: %v", buggy.label(name, i), buggy.kind, schedules, found)
				}
				if len(buggy.tests) > 1 && schedules > likeBudget {
					t.Errorf("%s: %s only after %d schedules", buggy.label(name, i), buggy.kind, schedules)
				}
				t.Logf("%s: %s after %d schedules", buggy.label(name, i), buggy.kind, schedules)
				if found, _ := fixed.explore(t, i, 0, nil); len(found) > 0 {
					t.Errorf("the mended twin: %+v", found[0])
				}
			}
		})
	}
}
