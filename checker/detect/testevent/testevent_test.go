package testevent

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/report"

	"github.com/google/go-cmp/cmp"
)

// The recordings are made by: go test ./checker -run '^TestRecord$' -record
var src = finding.Sources{Dir: "/tmp/racelab-1/lab/exercises/99-queue", Editable: []string{"queue.go"}}

func recording(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestParse(t *testing.T) {
	log, err := Parse(bytes.NewReader(recording(t, "race.jsonl")), "NONCE")
	if err != nil {
		t.Fatal(err)
	}
	type result struct {
		Name                  string
		Failed, Skipped, Leak bool
		Messages              int
		Got                   string
	}
	var got []result
	for _, r := range log.Results {
		if !r.Ended {
			t.Errorf("%s has not ended", r.Name)
		}
		got = append(got, result{r.Name, r.Failed, r.Skipped, r.Leak != "", len(r.Messages), r.Attrs["got"]})
	}
	want := []result{
		{Name: "TestFails", Failed: true, Messages: 2, Got: "2"},
		{Name: "TestSubtests", Failed: true, Messages: 1},
		{Name: "TestSubtests/passes"},
		{Name: "TestSubtests/fails_at_once", Failed: true, Messages: 1},
		{Name: "TestLeaks", Leak: true},
		{Name: "TestSkipped", Skipped: true},
		{Name: "TestLocks"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !log.Done || log.Running() != "" || log.Complete(log.Tests, false) || !log.Complete(log.Tests, true) {
		t.Errorf("done %v, running %q, complete %v: want it done and, for the skipped test, incomplete unless it may be", log.Done, log.Running(), log.Complete(log.Tests, false))
	}
}

func TestParseLockMode(t *testing.T) {
	log, err := Parse(bytes.NewReader(recording(t, "lock.jsonl")), "NONCE")
	if err != nil {
		t.Fatal(err)
	}
	if len(log.Reports) == 0 || !strings.Contains(log.Reports[0], "Inconsistent locking") || len(log.Calls) < 4 {
		t.Errorf("%d reports, %d calls", len(log.Reports), len(log.Calls))
	}
}

func TestFindings(t *testing.T) {
	log, err := Parse(bytes.NewReader(recording(t, "race.jsonl")), "NONCE")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range log.Findings(src) {
		if f.Kind != finding.WrongResult || f.Location.File != "queue_test.go" || f.Location.Line == 0 {
			t.Errorf("finding %+v", f)
		}
		got = append(got, report.Message(f))
	}
	want := []string{"TestFails: got 2, want 1", "TestSubtests/fails_at_once: no more"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseBelievesOnlyTheNonce(t *testing.T) {
	if _, err := Parse(bytes.NewReader(recording(t, "race.jsonl")), "other"); !errors.Is(err, ErrForged) {
		t.Errorf("err = %v", err)
	}
}

func TestParseTakesWhatCameBeforeTheEnd(t *testing.T) {
	data := recording(t, "race.jsonl")
	whole, _ := Parse(bytes.NewReader(data), "NONCE")
	for cut := range data {
		log, err := Parse(bytes.NewReader(data[:cut]), "NONCE")
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if log.Done || log.Complete(whole.Tests, true) {
			t.Fatalf("cut at %d of %d: complete", cut, len(data))
		}
		if cut > len(data)-10 { // the last line is about 35 bytes
			break
		}
	}
}

func TestCompleteWantsExactlyTheTests(t *testing.T) {
	const line = `{"nonce":"N","event":"start","tests":["TestA"]}
{"nonce":"N","event":"begin","test":"TestA"}
{"nonce":"N","event":"end","test":"TestA"}
{"nonce":"N","event":"done"}
`
	log, err := Parse(strings.NewReader(line), "N")
	if err != nil {
		t.Fatal(err)
	}
	for want, complete := range map[string]bool{"TestA": true, "TestB": false, "TestA TestB": false, "": false} {
		if got := log.Complete(strings.Fields(want), false); got != complete {
			t.Errorf("Complete(%q) = %v", want, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(recording(f, "race.jsonl"))
	f.Add(recording(f, "lock.jsonl"))
	f.Add([]byte(`{"nonce":"NONCE","event":"attr","test":"x"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := Parse(bytes.NewReader(data), "NONCE")
		if err != nil {
			return
		}
		log.Findings(src)
		log.Complete(log.Tests, false)
		log.Running()
	})
}
