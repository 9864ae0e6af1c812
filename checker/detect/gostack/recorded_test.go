package gostack_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"racelab/checker/detect/gostack"
	"racelab/checker/detect/internal/golden"
	"racelab/checker/finding"
	"racelab/checker/report"
)

const recordings = "testdata/*.txt"

// sourcesOf returns where a recording's exercise was built.
func sourcesOf(name string) finding.Sources {
	exercise := "crashes"
	if strings.HasPrefix(filepath.Base(name), "hang-") {
		exercise = "hangs"
	}
	return finding.Sources{Dir: "/lab/exercises/" + exercise, Editable: []string{exercise + ".go"}}
}

func parse(t *testing.T, input []byte) gostack.Dump {
	t.Helper()
	dump, err := gostack.Parse(bytes.NewReader(input))
	if err != nil {
		t.Fatal(err)
	}
	return dump
}

func TestRecorded(t *testing.T) {
	golden.Check(t, recordings, func(t *testing.T, name string, input []byte) []finding.Finding {
		return gostack.Diagnose(parse(t, input), sourcesOf(name))
	})
}

// What a finding keeps of the dump is about the exercise, and short.
func TestOutput(t *testing.T) {
	for name, input := range golden.Recordings(t, recordings) {
		src := sourcesOf(name)
		for _, f := range gostack.Diagnose(parse(t, input), src) {
			if n := len(f.Evidence.Output); n == 0 || n > 40_000 {
				t.Errorf("%s: %d bytes of output", name, n)
			}
			first, _, _ := strings.Cut(f.Evidence.Output, "\n")
			if !strings.Contains(string(input), first) {
				t.Errorf("%s: the output begins with %q, which was not printed", name, first)
			}
			if f.Location.File != "" && !strings.Contains(f.Evidence.Output, src.Dir) {
				t.Errorf("%s: no frame of the exercise in:\n%s", name, f.Evidence.Output)
			}
		}
	}
}

// The goroutine that hangs is the same whether SIGQUIT or runtime.Stack shows it.
func TestHangWithoutReason(t *testing.T) {
	for name, input := range golden.Recordings(t, "testdata/hang-*.txt") {
		_, goroutines, _ := bytes.Cut(input, []byte("\n\n"))
		dump := parse(t, goroutines)
		if dump.Reason != gostack.None {
			t.Errorf("%s: reason %q without a message", name, dump.Reason)
		}
		want := gostack.Diagnose(parse(t, input), sourcesOf(name))
		got := gostack.DiagnoseHang(dump, sourcesOf(name))
		if len(got) != 1 || len(want) != 1 || report.Message(got[0]) != report.Message(want[0]) || got[0].Location != want[0].Location {
			t.Errorf("%s: DiagnoseHang = %+v, want %+v", name, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	golden.Seed(f, recordings)
	src := finding.Sources{Dir: "/lab/exercises/hangs", Editable: []string{"hangs.go"}}
	f.Fuzz(func(t *testing.T, input []byte) {
		dump, err := gostack.Parse(bytes.NewReader(input))
		if err != nil {
			t.Fatal(err)
		}
		if found := gostack.Diagnose(dump, src); len(found) > 1 {
			t.Errorf("%d findings of one dump", len(found))
		}
		gostack.DiagnoseHang(dump, src)
	})
}
