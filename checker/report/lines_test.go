package report

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"racelab/checker/finding"

	"golang.org/x/tools/txtar"
)

// A line for each problem and for each place of it, then the headline, of real verdicts.
func TestLines(t *testing.T) {
	line := regexp.MustCompile(`^[\w./-]+\.go:[1-9]\d*: (error: \d+\. |warning: |note: )\S.*$`)
	files, err := filepath.Glob("testdata/recorded_*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		v, opts := readCase(t, ar)
		all := strings.Split(strings.TrimSuffix(lined(t, v, opts), "\n"), "\n")
		last := len(all) - 1
		if !strings.HasPrefix(all[last], v.Exercise+" ") {
			t.Errorf("%s: the last line is %q", file, all[last])
		}
		count := 0
		for _, text := range all[:last] {
			if !line.MatchString(text) {
				t.Errorf("%s: %q", file, text)
			}
			if strings.Contains(text, ": error: ") {
				count++
			}
		}
		if count != len(v.Problems()) {
			t.Errorf("%s: %d of %d problems", file, count, len(v.Problems()))
		}
	}
}

func lined(t *testing.T, v finding.Verdict, opts options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Lines(&b, v, opts.Style, opts.Context); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestLinesOfAVerdict(t *testing.T) {
	edit := Context{Submission: Submission{Edit: "a/bank.go", Paths: map[string]Path{"bank.go": {Shown: "a/bank.go"}}}}
	failed := finding.Finding{
		Kind: finding.WrongResult, Severity: finding.Error, Problem: 1, Location: finding.Location{File: "bank.go", Line: 3},
		Fact: finding.Fact{Failure: &finding.Failure{Test: "TestA", Text: "\x1b[2Jgot\n1"}},
	}
	nowhere := finding.Finding{Kind: finding.Timeout, Severity: finding.Error, Problem: 1, Follows: finding.Consequence}
	warns := finding.Finding{Kind: finding.Vet, Severity: finding.Warning, Location: finding.Location{File: "bank_test.go", Line: 7}}
	for _, tt := range []struct {
		name  string
		v     finding.Verdict
		known Context
		want  string
	}{
		{"a pass", finding.Verdict{Outcome: finding.Pass, Exercise: "01-a", Score: 10, MaxScore: 10}, edit, "01-a passes: 10 of 10 points\n"},
		{
			"places, and none",
			finding.Verdict{Outcome: finding.Fail, Exercise: "01-a", MaxScore: 10, Findings: []finding.Finding{failed, nowhere, warns}},
			edit,
			"a/bank.go:3: error: 1. Wrong result: TestA: \\x1b[2Jgot\\n1\n" +
				"a/bank.go:1: note: It did not end in time\n" +
				"bank_test.go:7: warning: go vet objects\n" +
				"01-a does not pass yet: 1 problem, 0 of 10 points\n",
		},
	} {
		if got := lined(t, tt.v, options{Context: tt.known}); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}
