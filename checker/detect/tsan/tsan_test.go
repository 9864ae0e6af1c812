package tsan_test

import (
	"bytes"
	"strings"
	"testing"

	"racelab/checker/detect/internal/golden"
	"racelab/checker/detect/tsan"
	"racelab/checker/finding"
)

const recordings = "testdata/*.txt"

func sourcesOf(name string) finding.Sources {
	if strings.HasSuffix(name, "main-goroutine.txt") {
		return finding.Sources{Dir: "/lab/exercises/mainrace", Editable: []string{"main.go"}}
	}
	return finding.Sources{Dir: "/lab/exercises/races", Editable: []string{"races.go"}}
}

func parse(t *testing.T, input string) []tsan.Report {
	t.Helper()
	reports, err := tsan.Parse(strings.NewReader(input))
	if err != nil {
		t.Fatal(err)
	}
	return reports
}

func TestRecorded(t *testing.T) {
	golden.Check(t, recordings, func(t *testing.T, name string, input []byte) []finding.Finding {
		return tsan.Findings(parse(t, string(input)), sourcesOf(name))
	})
}

// Every report in a recording is parsed completely.
func TestComplete(t *testing.T) {
	for name, input := range golden.Recordings(t, recordings) {
		reports := parse(t, string(input))
		if want := bytes.Count(input, []byte("WARNING: DATA RACE")); len(reports) != want {
			t.Errorf("%s: %d reports, want %d", name, len(reports), want)
		}
		frames := 0
		for _, r := range reports {
			if len(r.Accesses) != 2 || r.Accesses[0].Previous || !r.Accesses[1].Previous {
				t.Errorf("%s: accesses %+v", name, r.Accesses)
			}
			for _, a := range r.Accesses {
				frames += len(a.Stack)
				if a.Goroutine == 0 || len(a.Stack) == 0 || !strings.HasPrefix(a.Address, "0x") {
					t.Errorf("%s: access %+v", name, a)
				}
			}
			for _, g := range r.Goroutines {
				frames += len(g.CreatedBy)
				if g.ID == 0 || g.State != "running" && g.State != "finished" || len(g.CreatedBy) == 0 {
					t.Errorf("%s: goroutine %+v", name, g)
				}
			}
		}
		if want := bytes.Count(input, []byte("\n      ")); frames != want {
			t.Errorf("%s: %d frames, want %d", name, frames, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	golden.Seed(f, recordings)
	f.Add([]byte(lostStacks))
	f.Add([]byte(selfReports))
	src := sourcesOf("")
	f.Fuzz(func(t *testing.T, input []byte) {
		reports, err := tsan.Parse(bytes.NewReader(input))
		if err != nil {
			t.Fatal(err)
		}
		tsan.Findings(reports, src)
		tsan.Faults(reports)
	})
}
