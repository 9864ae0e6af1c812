package gradebook

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"racelab/checker/classroom/record"
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
		{"ada\x1b[31m", "", "0", "0", "0", "20"},
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
	if err := f.Render(&out, book(), Style{}); err != nil {
		t.Fatal(err)
	}
	read, err := record.Read(&out)
	got := read.Records
	if err != nil || fmt.Sprint(len(got)) != "6" || got[1].Score != 4 || got[1].Verdict.Outcome != finding.Fail {
		t.Errorf("%+v, %v", got, err)
	}
}
