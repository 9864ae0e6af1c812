package vet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"racelab/checker/detect/internal/golden"
	"racelab/checker/detect/vet"
	"racelab/checker/finding"
)

const recordings = "testdata/*.txt"

var src = finding.Sources{Dir: "/lab/exercises/vetted", Editable: []string{"vetted.go"}}

func parse(t *testing.T, input string) []vet.Diagnostic {
	t.Helper()
	found, err := vet.Parse(strings.NewReader(input))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRecorded(t *testing.T) {
	golden.Check(t, recordings, func(t *testing.T, name string, input []byte) []finding.Finding {
		return vet.Findings(parse(t, string(input)), src)
	})
}

func TestComplete(t *testing.T) {
	for name, input := range golden.Recordings(t, recordings) {
		found := parse(t, string(input))
		if want := bytes.Count(input, []byte(`"posn"`)); len(found) != want {
			t.Errorf("%s: %d diagnostics, want %d", name, len(found), want)
		}
		for _, d := range found {
			if d.Package == "" || d.Analyzer == "" || d.Line == 0 || d.Column == 0 || d.Message == "" {
				t.Errorf("%s: %+v", name, d)
			}
		}
	}
}

func TestParse(t *testing.T) {
	const object = `{"lab/x": {"copylocks": [{"posn": "/lab/x/x.go:3:4", "message": "copied"}], "printf": {"error": "failed"}}}`
	want := []vet.Diagnostic{{Package: "lab/x", Analyzer: "copylocks", File: "/lab/x/x.go", Line: 3, Column: 4, Message: "copied"}}
	indented := "{\n\t\"lab/x\": {\n\t\t\"copylocks\": [\n\t\t\t{\n\t\t\t\t\"posn\": \"/lab/x/x.go:3:4\",\n\t\t\t\t\"message\": \"copied\"\n\t\t\t}\n\t\t]\n\t}\n}\n"
	for _, tt := range []struct {
		name, input string
		want        []vet.Diagnostic
	}{
		{"nothing", "", nil},
		{"one line", object, want},
		{"indented", indented, want},
		{"among others", "# lab/x\n" + indented + "vet: ./x.go:6:15: undefined: y\n{}\n", want},
		{"twice", object + "\n" + indented, want},
		{"carriage returns", strings.ReplaceAll(indented, "\n", "\r\n"), want},
		{"torn", indented[:len(indented)-10], nil},
		{"after a torn one", indented[:20] + "\n" + indented, want},
		{"no position", `{"lab/x": {"a": [{"message": "m"}]}}`, []vet.Diagnostic{{Package: "lab/x", Analyzer: "a", Message: "m"}}},
		{"line alone", `{"lab/x": {"a": [{"posn": "x.go:7"}]}}`, []vet.Diagnostic{{Package: "lab/x", Analyzer: "a", File: "x.go", Line: 7}}},
		{"something else", `{"Action": "run"}`, nil},
	} {
		if diff := cmp.Diff(tt.want, parse(t, tt.input)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	golden.Seed(f, recordings)
	f.Fuzz(func(t *testing.T, input []byte) {
		found, err := vet.Parse(bytes.NewReader(input))
		if err != nil {
			t.Fatal(err)
		}
		vet.Findings(found, src)
	})
}
