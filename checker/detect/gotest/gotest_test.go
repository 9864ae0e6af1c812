package gotest

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"racelab/checker/detect/testevent"
	"racelab/checker/finding"
	"racelab/checker/report"

	"github.com/google/go-cmp/cmp"
)

// recording is of a test binary, which go test -c has built, with -test.v=test2json. One of
// its tests prints what looks like a message and like an end.
func recording(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/fails.txt")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestParse(t *testing.T) {
	log := Parse(bytes.NewReader(recording(t)), "/lab/x")
	var got []string
	for _, r := range log.Results {
		got = append(got, fmt.Sprintln(r.Name, r.Ended, r.Failed, r.Skipped, len(r.Messages)))
	}
	want := []string{
		"TestPasses true false false 1\n", "TestFails true true false 3\n", "TestSubtests true true false 0\n",
		"TestSubtests/passes true false false 0\n", "TestSubtests/fails_at_once true true false 1\n",
		"TestSkipped true false true 1\n", "TestRaces true true false 0\n",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if log.Running() != "" {
		t.Errorf("%q is still running", log.Running())
	}
}

func TestFindings(t *testing.T) {
	log := Parse(bytes.NewReader(recording(t)), "/lab/x")
	var got []string
	for _, f := range log.Findings(finding.Sources{Dir: "/lab/x", Editable: []string{"x.go"}}) {
		got = append(got, fmt.Sprintf("%s:%d %s", f.Location.File, f.Location.Line, report.Message(f)))
	}
	want := []string{"x_test.go:0 TestFails: forged", "x_test.go:14 TestFails: got 2, want 1\n- 1\n+ 2", "x_test.go:15 TestFails: and more", "x_test.go:20 TestSubtests/fails_at_once: no more"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A process may end anywhere.
func TestParseTakesWhatThereIs(t *testing.T) {
	data := recording(t)
	end := bytes.Index(data, []byte("--- FAIL: TestFails"))
	log := Parse(bytes.NewReader(data[:end]), "/lab/x")
	if log.Running() != "TestFails" || slices.ContainsFunc(log.Results, func(r testevent.Test) bool { return r.Failed }) {
		t.Errorf("%+v", log)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(recording(f))
	f.Fuzz(func(_ *testing.T, data []byte) {
		Parse(bytes.NewReader(data), "/lab/x").Findings(finding.Sources{Dir: "/lab/x"})
	})
}
