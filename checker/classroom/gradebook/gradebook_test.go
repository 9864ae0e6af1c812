package gradebook

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/record/recordtest"
	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

func book() record.Book {
	graded := func(score int, o finding.Outcome) record.Record {
		return record.Record{State: record.Graded, Score: score, Verdict: &finding.Verdict{Outcome: o}}
	}
	all := []record.Record{
		graded(10, finding.Pass), graded(4, finding.Fail),
		{State: record.Untouched},
		{State: record.Missing},
		graded(10, finding.Pass), graded(0, finding.Inconclusive),
	}
	for i := range all {
		all[i].Schema, all[i].MaxScore = record.Schema, 10
		all[i].Student = []string{"=HYPERLINK(1)", "ada\x1b[31m", "ben"}[i/2]
		all[i].Exercise = []string{"01-balance", "02-reentry"}[i%2]
	}
	return record.Book{Records: all}
}

func TestText(t *testing.T) {
	var out bytes.Buffer
	if err := Text(&out, book(), Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsRune(out.String(), '\x1b') {
		t.Errorf("%q", out.String())
	}
	for _, want := range []string{"student", "=HYPERLINK(1)  10   4  14 of 20", "ben            10   ?  10 of 20", "\n\n-  nothing", "\n·  the program", "\n?  racelab"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	out.Reset()
	if err := Text(&out, book(), Style{Width: 25}); err != nil || strings.Contains(out.String(), "01") {
		t.Errorf("%v: it is too narrow for exercises\n%s", err, out.String())
	}
}

// Many exercises stand in blocks below each other, with the sum in the last.
func TestTextInBlocks(t *testing.T) {
	b := recordtest.Class(1, 3, 30)
	var out bytes.Buffer
	if err := Text(&out, b, Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if !strings.HasSuffix(lines[0], "14 15") || lines[4] != "" || !strings.Contains(lines[5], " 16 17") || !strings.HasSuffix(lines[5], "30         sum") {
		t.Errorf("there are other blocks:\n%s", out.String())
	}
	for _, line := range lines[:9] {
		if n := utf8.RuneCountInString(line); n > 80 || strings.HasSuffix(line, " ") {
			t.Errorf("%d columns: %q", n, line)
		}
	}
}

// A spreadsheet reads no formula, and what could not be graded is no zero.
func TestCSV(t *testing.T) {
	var out bytes.Buffer
	if err := CSV(&out, book(), Style{}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"student", "name", "01-balance", "02-reentry", "sum", "max"},
		{"'=HYPERLINK(1)", "", "10", "4", "14", "20"},
		{`ada\x1b[31m`, "", "0", "0", "0", "20"},
		{"ben", "", "10", "", "", "20"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestJSONLines(t *testing.T) {
	f, ok := Named("jsonl")
	if !ok {
		t.Fatal("no jsonl")
	}
	var out bytes.Buffer
	if err := f.Render(&out, book().Stream(), Style{}); err != nil {
		t.Fatal(err)
	}
	read, err := record.Read(&out)
	got := read.Records
	if err != nil || fmt.Sprint(len(got)) != "6" || got[1].Score != 4 || got[1].Verdict.Outcome != finding.Fail {
		t.Errorf("%+v, %v", got, err)
	}
}

// What was taken off is said beside the points, in every format that has room for it.
func TestDeductions(t *testing.T) {
	late := []record.Deduction{{Reason: "1 day late", Points: 2}}
	lines := []finding.Points{{Name: "No data race", Points: 0, Max: 5}, {Name: "Every cent", Points: 5, Max: 5}}
	b := record.Book{Header: record.Header{Withheld: []string{"ada"}}, Records: []record.Record{
		{Student: "ada", Exercise: "01-balance", State: record.Graded, Score: 98, MaxScore: 100, Verdict: &finding.Verdict{Outcome: finding.Pass}, Deductions: late},
		{Student: "ada", Exercise: "02-reentry", State: record.Graded, Score: 3, MaxScore: 10, Verdict: &finding.Verdict{Outcome: finding.Fail, Points: lines, Findings: []finding.Finding{{Severity: finding.Error, Kind: finding.DataRace, Message: "a race"}}}, Deductions: late},
	}}
	for name, want := range map[string][]string{
		"text":         {"ada !   98*  3*  101 of 110\n\n*  points were taken off", "\n!  withheld"},
		"csv":          {"sum,max,taken off\n", ",101,110,01-balance: 2 points less: 1 day late; 02-reentry: 2 points less: 1 day late\n"},
		"jsonl":        {`"deductions":[{"reason":"1 day late","points":2}]`},
		"gradescope":   {`"output":"passes\n2 points less: 1 day late"`, `"output":"a race (data-race)\n0 of 5 points: No data race\n2 points less: 1 day late"`},
		"prairielearn": {`"output":"passes\n2 points less: 1 day late"`},
		"classroom":    {`"message":"passes; 2 points less: 1 day late"`},
		"autolab":      {"01-balance: 98 of 100\n  passes\n  2 points less: 1 day late\n02-reentry: 3 of 10\n  a race (data-race)\n  0 of 5 points: No data race\n  2 points less: 1 day late\n{\"scoreboard\":[101,98,3]"},
		"exercism":     {`"output":"passes\n2 points less: 1 day late","status":"pass"`, `0 of 5 points: No data race\n2 points less: 1 day late","status":"fail"`},
		"junit":        {"0 of 5 points: No data race&#xA;2 points less: 1 day late"},
	} {
		f, _ := Named(name)
		var out bytes.Buffer
		if err := f.Render(&out, b.Stream(), Style{Width: 80}); err != nil {
			t.Fatal(err)
		}
		for _, want := range want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s has no %q:\n%s", name, want, out.String())
			}
		}
	}
}

// A name that is too long for the table does not hide that it is withheld.
func TestTextMarksLongNames(t *testing.T) {
	b := book()
	b.Records[0].Student = strings.Repeat("x", 100)
	b.Withheld = []string{b.Records[0].Student}
	var out bytes.Buffer
	if err := Text(&out, b, Style{Width: 60}); err != nil || !strings.Contains(out.String(), "x… !") {
		t.Errorf("%v\n%s", err, out.String())
	}
}
