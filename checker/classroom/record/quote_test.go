package record

import (
	"strings"
	"testing"

	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

func TestQuotes(t *testing.T) {
	at := func(file string, line int) finding.Location { return finding.Location{File: file, Line: line} }
	v := finding.Verdict{Findings: []finding.Finding{
		{Location: at("bank.go", 5), Related: []finding.Related{{Location: at("bank.go", 1)}}},
		{Location: at("bank_test.go", 3)},
		{Location: at("bank.go", 0)},
		{Location: at("bank.go", 99)},
	}}
	files := map[string][]byte{"bank.go": []byte("package bank\n\xff\n3\n4\n" + strings.Repeat("x", 999) + "\n6\n7\n8\n9\n")}
	var got []string
	for _, q := range Quotes(v, files) {
		got = append(got, q.File+" "+q.Text)
	}
	want := []string{"bank.go package bank", "bank.go \uFFFD", "bank.go 3", "bank.go 4", "bank.go " + strings.Repeat("x", longestQuote), "bank.go 6", "bank.go 7"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for i := range 500 {
		v.Findings = append(v.Findings, finding.Finding{Location: at("bank.go", i)})
	}
	if n := len(Quotes(v, map[string][]byte{"bank.go": []byte(strings.Repeat("x\n", 999))})); n != mostQuotes {
		t.Errorf("%d lines are quoted", n)
	}
}

// The first error of each kind has its steps.
func TestLean(t *testing.T) {
	of := func(kind finding.Kind, severity finding.Severity, steps int) finding.Finding {
		return finding.Finding{Kind: kind, Severity: severity, Evidence: finding.Evidence{Trace: &finding.Interleaving{Steps: make([]finding.Step, steps)}}}
	}
	all := []finding.Finding{
		of(finding.DataRace, finding.Error, mostSteps+1), of(finding.DataRace, finding.Error, 3), of(finding.DataRace, finding.Error, 3),
		of(finding.WrongResult, finding.Error, 3), of(finding.LockOrder, finding.Warning, 3),
	}
	var got []bool
	for _, f := range Lean(all) {
		got = append(got, f.Evidence.Trace != nil)
	}
	if diff := cmp.Diff([]bool{false, true, false, true, false}, got); diff != "" {
		t.Error(diff)
	}
	if all[2].Evidence.Trace == nil {
		t.Error("what was handed in is changed")
	}
}
