package compiler_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"racelab/checker/detect/compiler"
	"racelab/checker/detect/internal/golden"
	"racelab/checker/finding"
	"racelab/checker/report"
)

const recordings = "testdata/*.txt"

// sourcesOf returns where a recording's exercise lies: each has its own.
func sourcesOf(name string) finding.Sources {
	exercise, _, _ := strings.Cut(filepath.Base(name), ".")
	src := finding.Sources{Dir: "/lab/exercises/" + exercise, Editable: []string{exercise + ".go"}}
	if exercise == "packages" {
		src.Editable = []string{"one.go", "two.go"}
	}
	return src
}

func parse(t *testing.T, input string) []compiler.Diagnostic {
	t.Helper()
	found, err := compiler.Parse(strings.NewReader(input))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRecorded(t *testing.T) {
	golden.Check(t, recordings, func(t *testing.T, name string, input []byte) []finding.Finding {
		return compiler.Findings(parse(t, string(input)), sourcesOf(name))
	})
}

// All recordings are of code that does not compile: each has a finding, with a
// place, and no message shows where this was recorded.
func TestComplete(t *testing.T) {
	for name, input := range golden.Recordings(t, recordings) {
		found := report.Words(compiler.Findings(parse(t, string(input)), sourcesOf(name)))
		if len(found) == 0 {
			t.Errorf("%s: no finding in\n%s", name, input)
		}
		for _, f := range found {
			if f.Location.File == "" || strings.Contains(f.Message, "/goroot") || strings.Contains(f.Message, "/lab") || strings.ContainsAny(f.Message, "\n\t") {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		name, input string
		want        []compiler.Diagnostic
	}{
		{"nothing", "", nil},
		{"passing", "ok  \tlab/x\t0.1s\n?   \tlab/y\t[no test files]\n", nil},
		{"tool", "# runtime/cgo\ncgo: C compiler \"gcc\" not found\n", nil},
		{"prose with a tab", "FAIL\tlab/x [build failed]\n\tindented\n", nil},
		{"no column", "bank.go:7: undefined: x", []compiler.Diagnostic{
			{File: "bank.go", Line: 7, Message: "undefined: x", Raw: "bank.go:7: undefined: x"},
		}},
		{"details", "a.go:1:2: wrong\n\thave (int)\n\twant ()\nb.go:3:4: undefined: y", []compiler.Diagnostic{
			{File: "a.go", Line: 1, Column: 2, Message: "wrong", Details: []string{"have (int)", "want ()"}, Raw: "a.go:1:2: wrong\n\thave (int)\n\twant ()"},
			{File: "b.go", Line: 3, Column: 4, Message: "undefined: y", Raw: "b.go:3:4: undefined: y"},
		}},
		{"twice", "a.go:1:2: wrong\n# lab/x [lab/x.test]\na.go:1:2: wrong\n", []compiler.Diagnostic{
			{File: "a.go", Line: 1, Column: 2, Message: "wrong", Raw: "a.go:1:2: wrong"},
		}},
		{"too many", "a.go:1:2: wrong\na.go:9:2: too many errors\ntoo many errors\n", []compiler.Diagnostic{
			{File: "a.go", Line: 1, Column: 2, Message: "wrong", Raw: "a.go:1:2: wrong"},
		}},
		{"huge line number", "a.go:99999999999999999999:2: wrong", nil},
	} {
		if diff := cmp.Diff(tt.want, parse(t, tt.input)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// Whose file it is, however it is printed.
func TestFindingsPlace(t *testing.T) {
	src := finding.Sources{Dir: "/lab/exercises/01-bank", Editable: []string{"bank.go"}}
	for printed, want := range map[string]string{
		"bank.go": "bank.go", "./bank.go": "bank.go", "exercises/01-bank/bank.go": "bank.go",
		"../lab/exercises/01-bank/bank.go": "bank.go", "/lab/exercises/01-bank/bank.go": "bank.go",
		"bank_test.go":           "bank_test.go",
		"/goroot/src/sync/mu.go": "", "../labrt/sync/bank.go": "", "exercises/02-bank/bank.go": "",
	} {
		found := compiler.Findings(parse(t, printed+":3:4: undefined: x"), src)
		switch {
		case want == "" && len(found) != 0:
			t.Errorf("%s: %+v", printed, found)
		case want != "" && (len(found) != 1 || found[0].Location != (finding.Location{File: want, Line: 3})):
			t.Errorf("%s: %+v", printed, found)
		}
	}
}

func FuzzParse(f *testing.F) {
	golden.Seed(f, recordings)
	f.Fuzz(func(t *testing.T, input []byte) {
		found, err := compiler.Parse(bytes.NewReader(input))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range compiler.Findings(found, sourcesOf("types")) {
			if strings.Contains(d.Message, "\n") {
				t.Errorf("message of several lines: %q", d.Message)
			}
		}
	})
}
