package gradebook

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"

	joshdk "github.com/joshdk/go-junit"
	"github.com/jstemmer/go-junit-report/v2/junit"
)

// Two readers of other programs find in JUnit's XML what is in the records.
func TestJUnitIsRead(t *testing.T) {
	text := render(t, "junit")
	var all junit.Testsuites
	if err := xml.Unmarshal(text, &all); err != nil {
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
	suites, err := joshdk.IngestReader(bytes.NewReader(text))
	if err != nil || len(suites) != 1 {
		t.Fatalf("%+v, %v", suites, err)
	}
	if n := suites[0].Totals; n.Tests != 5 || n.Passed != 1 || n.Failed != 1 || n.Error != 1 || n.Skipped != 2 {
		t.Errorf("%+v", n)
	}
	if c := suites[0].Tests[1]; c.Name != "02-reentry" || c.Classname != "ada" || c.Properties["file"] != "exercises/02-reentry/bank.go" {
		t.Errorf("%+v", c)
	}
}

// strictly reads what stands there alone, into a struct that has all fields of it.
func strictly(t *testing.T, text []byte, into any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		t.Errorf("%v in\n%.300s", err, text)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		t.Errorf("there is more than one value in\n%.300s", text)
	}
}

// What platforms read, as their own pages have it.
type (
	classroomResults struct {
		Version int    `json:"version"`
		Status  string `json:"status"`
		Max     int    `json:"max_score"`
		Tests   []struct {
			Name     string  `json:"name"`
			Status   string  `json:"status"`
			Score    *int    `json:"score"`
			Message  *string `json:"message"`
			TestCode string  `json:"test_code"`
			Filename string  `json:"filename"`
			Line     int     `json:"line_no"`
			Duration int     `json:"duration"`
		} `json:"tests"`
	}
	gradescopeResults struct {
		Score *float64 `json:"score"`
		Tests []struct {
			Score      *float64 `json:"score"`
			Max        *float64 `json:"max_score"`
			Status     string   `json:"status"`
			Name       string   `json:"name"`
			Number     string   `json:"number"`
			Output     string   `json:"output"`
			Format     string   `json:"output_format"`
			Tags       []string `json:"tags"`
			Visibility string   `json:"visibility"`
		} `json:"tests"`
	}
	prairieResults struct {
		Gradable *bool    `json:"gradable"`
		Errors   []string `json:"format_errors"`
		Score    *float64 `json:"score"`
		Tests    []struct {
			Name    string   `json:"name"`
			Points  *float64 `json:"points"`
			Max     *float64 `json:"max_points"`
			Message string   `json:"message"`
			Output  string   `json:"output"`
		} `json:"tests"`
	}
	autolabResults struct {
		Scores map[string]*float64 `json:"scores"`
		Board  []*float64          `json:"scoreboard"`
	}
	exercismResults struct {
		Version int    `json:"version"`
		Status  string `json:"status"`
		Message string `json:"message"`
		Tests   []struct {
			Name     string `json:"name"`
			Status   string `json:"status"`
			TestCode string `json:"test_code"`
			Message  string `json:"message"`
			Output   string `json:"output"`
			Task     int    `json:"task_id"`
		} `json:"tests"`
	}
	gitlabIssues []struct {
		Description string `json:"description"`
		Check       string `json:"check_name"`
		Fingerprint string `json:"fingerprint"`
		Severity    string `json:"severity"`
		Location    struct {
			Path  string `json:"path"`
			Lines struct {
				Begin int `json:"begin"`
			} `json:"lines"`
		} `json:"location"`
	}
)

// What racelab could not tell is no zero: it is not among the points that there are.
func TestGitHubClassroomIsRead(t *testing.T) {
	var c classroomResults
	strictly(t, render(t, "classroom"), &c)
	if c.Version != 1 || c.Status != "error" || c.Max != 40 || len(c.Tests) != 5 || c.Tests[2].Status != "error" {
		t.Errorf("%+v", c)
	}
	if one := c.Tests[1]; one.Status != "fail" || *one.Score != 4 || one.Line != 18 || one.Filename != "bank.go" || one.Message == nil {
		t.Errorf("%+v", one)
	}
	for _, one := range c.Tests {
		if one.Score == nil {
			t.Errorf("%s has no score", one.Name)
		}
	}
}

func TestGradescopeIsRead(t *testing.T) {
	var g gradescopeResults
	strictly(t, render(t, "gradescope"), &g)
	if *g.Score != 14 || len(g.Tests) != 4 || g.Tests[0].Status != "passed" || *g.Tests[1].Max != 10 || g.Tests[1].Tags[0] != "data-race" {
		t.Errorf("%+v", g)
	}
	var out bytes.Buffer
	if err := Gradescope(&out, ada(), Style{}); !errors.Is(err, ErrUnclear) || out.Len() > 0 {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestPrairieLearnIsRead(t *testing.T) {
	var p prairieResults
	strictly(t, render(t, "prairielearn"), &p)
	if *p.Gradable || p.Score != nil || len(p.Errors) != 1 || *p.Tests[1].Points != 4 || *p.Tests[2].Max != 0 {
		t.Errorf("%+v", p)
	}
	b := ada()
	b.Records = b.Records[:2]
	p = prairieResults{}
	strictly(t, rendered(t, "prairielearn", b), &p)
	if !*p.Gradable || *p.Score != 0.7 || p.Errors != nil {
		t.Errorf("%+v", p)
	}
}

// However much there is to say, results.json stays under a megabyte.
func TestPrairieLearnIsSmall(t *testing.T) {
	b := ada()
	failing := b.Records[1]
	long := failing.Verdict.Findings[1]
	long.Message = strings.Repeat("<\x00", 3000)
	failing.Verdict.Findings = slices.Repeat([]finding.Finding{long}, 30)
	b.Records = nil
	for range 40 {
		b.Records = append(b.Records, failing)
	}
	text := rendered(t, "prairielearn", b)
	var p prairieResults
	strictly(t, text, &p)
	if len(text) >= 1_000_000 || len(text) < 300_000 || len(p.Tests) != 40 {
		t.Errorf("%d bytes, %d tests", len(text), len(p.Tests))
	}
}

// It is one line; a problem without a score is not graded.
func TestAutolabIsRead(t *testing.T) {
	text := render(t, "autolab")
	var a autolabResults
	strictly(t, lastLine(text), &a)
	if *a.Scores["02-reentry"] != 4 || *a.Board[0] != 14 || len(a.Board) != 6 || a.Board[3] != nil {
		t.Errorf("%+v", a)
	}
	if score, ok := a.Scores["03-pipe"]; !ok || score != nil {
		t.Errorf("%v, %v", score, ok)
	}
	if want := "02-reentry: 4 of 10\n  bank.go:18: unsynch"; !bytes.HasPrefix(text, []byte(want)) || bytes.Contains(text, []byte("01-balance: ")) {
		t.Errorf("%q", text)
	}
}

// lastLine is what Autolab reads: the last line that is not empty.
func lastLine(text []byte) []byte {
	lines := bytes.Split(bytes.TrimRight(text, " \n"), []byte("\n"))
	return lines[len(lines)-1]
}

// Where there is no room for all that went wrong, there is for why points are missing.
func TestExercismSaysWhy(t *testing.T) {
	b := ada()
	b.Records = b.Records[1:2]
	b.Records[0].Verdict = &finding.Verdict{Outcome: finding.Fail, Findings: []finding.Finding{{Kind: finding.DataRace, Severity: finding.Error, Message: strings.Repeat("x", 2000)}}}
	b.Records[0].Deductions = []record.Deduction{{Reason: "1 day late", Points: 2}}
	var e exercismResults
	strictly(t, rendered(t, "exercism", b), &e)
	if out := e.Tests[0].Output; !strings.HasSuffix(out, "…\n2 points less: 1 day late") || len([]rune(out)) != 500 || e.Tests[0].Status != "fail" {
		t.Errorf("%d: %q", len([]rune(out)), out)
	}
	b.Records[0].Deductions[0].Reason = strings.Repeat("y", 2000)
	strictly(t, rendered(t, "exercism", b), &e)
	if out := e.Tests[0].Output; !strings.HasSuffix(out, "x…") || len([]rune(out)) != 500 {
		t.Errorf("%d: %q", len([]rune(out)), out)
	}
}

func TestExercismIsRead(t *testing.T) {
	var e exercismResults
	strictly(t, render(t, "exercism"), &e)
	if e.Version != 3 || e.Status != "error" || e.Message == "" || e.Tests[0].Status != "pass" || e.Tests[4].Task != 5 || e.Tests[1].TestCode == "" {
		t.Errorf("%+v", e)
	}
	for _, one := range e.Tests {
		if one.Status != "pass" && one.Message == "" || len([]rune(one.Output)) > 500 {
			t.Errorf("%+v", one)
		}
	}
}

func TestGitLabIsRead(t *testing.T) {
	var g gitlabIssues
	strictly(t, render(t, "gitlab"), &g)
	if len(g) != 2 || g[0].Location.Path != "exercises/02-reentry/bank.go" || g[0].Location.Lines.Begin != 18 || g[1].Location.Lines.Begin != 1 {
		t.Errorf("%+v", g)
	}
	b := ada()
	b.Records = append(b.Records, b.Records[1])
	strictly(t, rendered(t, "gitlab", b), &g)
	seen := map[string]bool{}
	for _, one := range g {
		if seen[one.Fingerprint] {
			t.Errorf("the fingerprint %s stands there twice", one.Fingerprint)
		}
		seen[one.Fingerprint] = true
	}
}

// Nobody is charged for a fault of the machine's on any of the platforms, and nobody takes
// an exercise away by a program that cannot be judged.
func TestUnclear(t *testing.T) {
	for cause, most := range map[finding.DoubtKind]int{
		"": 40, finding.DoubtMachine: 40, finding.DoubtBudget: 50, finding.DoubtTampering: 50, finding.DoubtUndetermined: 50, finding.DoubtUnreadable: 50,
	} {
		b := ada()
		b.Records[2].Verdict.Cause = cause
		var c classroomResults
		strictly(t, rendered(t, "classroom", b), &c)
		if c.Max != most || *c.Tests[2].Score != 0 || c.Tests[2].Status != "error" {
			t.Errorf("%q: %+v", cause, c)
		}
		var out bytes.Buffer
		if err := Gradescope(&out, b, Style{}); errors.Is(err, ErrUnclear) != (most == 40) {
			t.Errorf("%q: %v", cause, err)
		}
		if cells := readTable(t, rendered(t, "csv", b))[1]; cells[4] != "" || cells[7] != "" {
			t.Errorf("%q: a person has to look at it, and it is no zero: %q", cause, cells)
		}
		mark := map[int]string{40: "?", 50: "?!"}[most]
		if text := string(rendered(t, "text", b)); !strings.Contains(text, " "+mark+"   -") || !strings.Contains(text, "\n"+mark+"  racelab could not tell") {
			t.Errorf("%q: %s", cause, text)
		}
	}
}
