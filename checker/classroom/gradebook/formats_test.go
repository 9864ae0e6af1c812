package gradebook

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/record/recordtest"
	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
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
	b := ada()
	if name == "gradescope" { // which has no word for it
		b.Records = slices.DeleteFunc(b.Records, record.Record.Inconclusive)
	}
	return rendered(t, name, b)
}

// rendered is a book in a format; what is drawn at random is not.
func rendered(t *testing.T, name string, b record.Book) []byte {
	t.Helper()
	f, ok := Named(name)
	if !ok {
		t.Fatalf("no format %s", name)
	}
	var out bytes.Buffer
	if err := f.Render(&out, b.Stream(), Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	return randomWord.ReplaceAll(out.Bytes(), []byte("TOKEN"))
}

// randomWord is what rand.Text makes.
var randomWord = regexp.MustCompile(`\b[A-Z2-7]{26}\b`)

func TestFormats(t *testing.T) {
	for _, f := range Formats {
		if strings.HasSuffix(f.Name, "html") {
			continue // package page has goldens of what is in them
		}
		t.Run(f.Name, func(t *testing.T) {
			got := render(t, f.Name)
			if bytes.HasPrefix(got, []byte("<!DOCTYPE html>")) {
				return // package page has goldens of what is in it
			}
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

// Formats for which brief records do say the same of whole ones.
func TestBriefFormats(t *testing.T) {
	whole := recordtest.Class(11, 40, 3)
	for name, render := range map[string]ofBook{"text": Text, "csv": CSV, "canvas": Canvas} {
		var all, some bytes.Buffer
		if err := errors.Join(render(&all, whole, Style{Width: 80}), render(&some, whole.Stream().Book, Style{Width: 80})); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(all.String(), some.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
