package gradebook

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
	"github.com/jstemmer/go-junit-report/v2/junit"
)

var update = flag.Bool("update", false, "write the golden files anew")

// hostile is what somebody may have a program say.
const hostile = "x\x1b[31m\n::error::y % ]]> <b> [[ATTACHMENT|/etc/passwd]] \xff\x00"

// ada has a submission of each sort.
func ada() record.Book {
	race := finding.Finding{
		Kind: finding.DataRace, Detector: finding.Race, Severity: finding.Error, Message: "unsynchronised write and read",
		Location: finding.Location{File: "bank.go", Line: 18},
	}
	wrong := finding.Finding{Kind: finding.WrongResult, Detector: finding.Tests, Severity: finding.Error, Message: hostile}
	fail := &finding.Verdict{Outcome: finding.Fail, Findings: []finding.Finding{race, wrong}}
	records := []record.Record{
		{Exercise: "01-balance", State: record.Graded, Score: 10, Verdict: &finding.Verdict{Outcome: finding.Pass}},
		{Exercise: "02-reentry", State: record.Graded, Score: 4, Verdict: fail},
		{Exercise: "03-pipe", State: record.Graded, Verdict: &finding.Verdict{Outcome: finding.Inconclusive, Reason: "the disk is full"}},
		{Exercise: "04-daemon", State: record.Missing},
		{Exercise: "05-lost", State: record.Untouched},
	}
	for i := range records {
		records[i].Student, records[i].MaxScore = "ada", 10
	}
	return record.Book{Records: records}
}

func render(t *testing.T, name string) []byte {
	t.Helper()
	f, ok := Named(name)
	if !ok {
		t.Fatalf("no format %s", name)
	}
	var out bytes.Buffer
	if err := f.Render(&out, ada(), Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFormats(t *testing.T) {
	for _, f := range Formats {
		t.Run(f.Name, func(t *testing.T) {
			got := render(t, f.Name)
			name := filepath.Join("testdata", f.Name+".golden")
			if *update {
				if err := os.WriteFile(name, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s\ngo test ./checker/classroom/gradebook -update writes it anew", diff)
			}
		})
	}
}

// Another program's reader finds in JUnit's XML what is in the records.
func TestJUnitIsRead(t *testing.T) {
	var all junit.Testsuites
	if err := xml.Unmarshal(render(t, "junit"), &all); err != nil {
		t.Fatal(err)
	}
	s := all.Suites[0]
	if len(all.Suites) != 1 || s.Name != "ada" || s.Tests != 5 || s.Failures != 1 || s.Errors != 1 || s.Skipped != 2 {
		t.Errorf("%+v", s)
	}
	failure := s.Testcases[1].Failure
	if failure == nil || !strings.Contains(failure.Data, "bank.go:18: ") || strings.Contains(failure.Data, "ATTACHMENT") || !strings.Contains(failure.Data, "\ufffd") {
		t.Errorf("%+v", failure)
	}
}

// What others read is JSON of these fields, and no other.
func TestJSONIsRead(t *testing.T) {
	type classroomTest struct {
		Name     string
		Status   string
		Score    *float64
		Message  *string
		TestCode string `json:"test_code"`
		Filename string
		Line     int `json:"line_no"`
		Duration int
	}
	type test struct {
		Name, Number, Status, Output, Message, Visibility string
		Format                                            string   `json:"output_format"`
		Score                                             *float64 `json:"score"`
		MaxScore                                          *float64 `json:"max_score"`
		Points                                            *float64 `json:"points"`
		MaxPoints                                         *float64 `json:"max_points"`
		TestCode                                          string   `json:"test_code"`
		Task                                              int      `json:"task_id"`
	}
	var (
		classroom struct {
			Version int
			Status  string
			Max     float64 `json:"max_score"`
			Tests   []classroomTest
		}
		gradescope struct {
			Score float64
			Tests []test
		}
		prairie struct {
			Gradable bool
			Score    float64
			Errors   []string `json:"format_errors"`
			Tests    []test
		}
		autolab struct {
			Scores     map[string]float64
			Scoreboard []float64
		}
		exercism struct {
			Version         int
			Status, Message string
			Tests           []test
		}
		gitlab []struct {
			Description, Fingerprint, Severity string
			Check                              string `json:"check_name"`
			Location                           struct {
				Path  string
				Lines struct{ Begin int }
			}
		}
	)
	for name, value := range map[string]any{
		"classroom": &classroom, "gradescope": &gradescope, "prairielearn": &prairie, "autolab": &autolab, "exercism": &exercism, "gitlab": &gitlab,
	} {
		dec := json.NewDecoder(bytes.NewReader(render(t, name)))
		dec.DisallowUnknownFields()
		if err := dec.Decode(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if c := classroom; c.Version != 1 || c.Status != "error" || c.Max != 50 || len(c.Tests) != 5 || c.Tests[1].Line != 18 || c.Tests[3].Score == nil {
		t.Errorf("%+v", c)
	}
	if g := gradescope; g.Score != 14 || len(g.Tests) != 5 || g.Tests[0].Status != "passed" || *g.Tests[1].MaxScore != 10 {
		t.Errorf("%+v", g)
	}
	if p := prairie; p.Gradable || p.Score != 0.28 || len(p.Errors) != 1 || *p.Tests[1].Points != 4 {
		t.Errorf("%+v", p)
	}
	if a := autolab; a.Scores["02-reentry"] != 4 || a.Scoreboard[0] != 14 {
		t.Errorf("%+v", a)
	}
	if e := exercism; e.Version != 3 || e.Status != "error" || e.Tests[0].Status != "pass" || e.Tests[4].Task != 5 {
		t.Errorf("%+v", e)
	}
	if len(gitlab) != 1 || gitlab[0].Location.Path != "exercises/02-reentry/bank.go" || gitlab[0].Location.Lines.Begin != 18 {
		t.Errorf("%+v", gitlab)
	}
}

// Nothing that a program says is a command to GitHub, or to a terminal.
func TestAnnotationsAreInert(t *testing.T) {
	for line := range strings.Lines(string(render(t, "github"))) {
		if !strings.HasPrefix(line, "::error ") || strings.Count(line, "::error") > 2 || strings.ContainsRune(line, '\x1b') {
			t.Errorf("%q", line)
		}
	}
	var many record.Book
	for range 20 {
		many.Records = append(many.Records, ada().Records...)
	}
	var out bytes.Buffer
	if err := GitHubActions(&out, many, Style{}); err != nil || strings.Count(out.String(), "\n") != mostAnnotations {
		t.Errorf("%v\n%s", err, out.String())
	}
}
