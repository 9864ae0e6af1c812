package lockorder_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"racelab/checker/detect/internal/golden"
	"racelab/checker/detect/lockorder"
	"racelab/checker/finding"
	"racelab/checker/report"
)

const recordings = "testdata/*.txt"

var src = finding.Sources{Dir: "/lab/exercises/locks", Editable: []string{"locks.go"}}

func parse(t testing.TB, input []byte) []lockorder.Report {
	t.Helper()
	reports, err := lockorder.Parse(bytes.NewReader(input))
	if err != nil {
		t.Fatal(err)
	}
	return reports
}

// readCalls reads the calls that were recorded beside a report.
func readCalls(t testing.TB, recording string) []lockorder.Call {
	t.Helper()
	data, err := os.ReadFile(strings.TrimSuffix(recording, ".txt") + ".calls")
	if err != nil {
		t.Fatal(err)
	}
	var calls []lockorder.Call
	for line := range bytes.Lines(data) {
		var c lockorder.Call
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		calls = append(calls, c)
	}
	return calls
}

func TestRecorded(t *testing.T) {
	golden.Check(t, recordings, func(t *testing.T, name string, input []byte) []finding.Finding {
		return lockorder.Findings(lockorder.Correct(parse(t, input), readCalls(t, name)), src)
	})
}

// On every corrected line of the sources stands a call of Lock or RLock, and all
// frames have a line.
func TestLinesAreCalls(t *testing.T) {
	source, err := os.ReadFile("testdata/src/locks/locks.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(source), "\n")
	for name, input := range golden.Recordings(t, recordings) {
		for _, r := range lockorder.Correct(parse(t, input), readCalls(t, name)) {
			for _, take := range r.Takes {
				if len(take.Stack) == 0 {
					t.Fatalf("%s: no stack in\n%s", name, r.Text())
				}
				f := take.Stack[0]
				if f.Line == 0 || !strings.Contains(lines[f.Line-1], "Lock()") {
					t.Errorf("%s: %s is said to be at line %d (printed: %d)", name, f.Function, f.Line, f.Printed)
				}
				for _, f := range take.Stack {
					if f.Line == 0 {
						t.Errorf("%s: no line for %s", name, f.Function)
					}
				}
			}
		}
	}
}

// go-deadlock's own lines are wrong often enough for all this to be needed.
func TestPrintedLinesAreWrong(t *testing.T) {
	wrong, all := 0, 0
	for name, input := range golden.Recordings(t, recordings) {
		for _, r := range lockorder.Correct(parse(t, input), readCalls(t, name)) {
			for _, take := range r.Takes {
				for _, f := range take.Stack {
					all++
					if f.Line != f.Printed {
						wrong++
					}
				}
			}
		}
	}
	if wrong*10 < all {
		t.Errorf("only %d of %d printed lines were wrong: is go-deadlock repaired?", wrong, all)
	}
}

// Without recorded calls there are no lines, rather than wrong ones.
func TestWithoutCalls(t *testing.T) {
	for name, input := range golden.Recordings(t, recordings) {
		for _, f := range report.Words(lockorder.Findings(lockorder.Correct(parse(t, input), nil), src)) {
			if f.Location.Line != 0 || f.Location.File != "locks.go" || f.Location.Function == "" {
				t.Errorf("%s: location %+v", name, f.Location)
			}
			for _, r := range f.Related {
				// What goroutines do now comes from the run-time, with true lines.
				if r.Line != 0 && r.Role.Kind != finding.RoleHolderNow {
					t.Errorf("%s: related %+v", name, r)
				}
			}
			if strings.Contains(f.Message, ".go:") {
				t.Errorf("%s: %s", name, f.Message)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	golden.Seed(f, recordings)
	var calls []lockorder.Call
	for name := range golden.Recordings(f, recordings) {
		calls = append(calls, readCalls(f, name)...)
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		reports := parse(t, input)
		corrected := lockorder.Correct(reports, calls)
		if len(corrected) != len(reports) {
			t.Errorf("%d reports became %d", len(reports), len(corrected))
		}
		lockorder.Findings(corrected, src)
	})
}
