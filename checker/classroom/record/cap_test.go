package record

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

// Whatever a program says, and how much of it, its record is small and says what is missing.
func TestCapped(t *testing.T) {
	long := strings.Repeat("é<", 1<<20)
	told := finding.Finding{
		Kind: finding.WrongResult, Severity: finding.Error, Message: long,
		Fact:     finding.Fact{Quotation: &finding.Quotation{Text: long, Details: slices.Repeat([]string{long}, 1000)}},
		Related:  slices.Repeat([]finding.Related{{Message: "here"}}, 1000),
		Evidence: finding.Evidence{Output: long, Schedule: strings.Repeat("b1", 1<<15), Trace: &finding.Interleaving{Steps: make([]finding.Step, 10_000)}},
	}
	warning := finding.Finding{Kind: finding.Policy, Severity: finding.Warning, Message: "not read"}
	v := finding.Verdict{Outcome: finding.Fail, Reason: long, Findings: slices.Concat(slices.Repeat([]finding.Finding{warning}, 10_000), []finding.Finding{told, told})}
	got := Capped(v)
	text, err := json.Marshal(got)
	if err != nil || len(text) > 4<<20 {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	if n := len(got.Findings); n > mostFindings || n+got.LeftOut != len(v.Findings) {
		t.Errorf("%d findings, and %d left out", n, got.LeftOut)
	}
	if len(got.Errors()) == 0 {
		t.Fatal("the error is gone, and warnings are there")
	}
	f := got.Errors()[0]
	if !strings.HasSuffix(f.Message, "bytes more were left out)") || f.Fact.Quotation.Text == long || f.Evidence.Trace != nil {
		t.Errorf("%.100s", f.Message)
	}
	if f.Evidence.Schedule != told.Evidence.Schedule {
		t.Error("half a schedule is none")
	}
	if told.Fact.Quotation.Text != long || len(v.Findings) != 10_002 {
		t.Error("the verdict itself has changed")
	}
	if again := Capped(got); again.LeftOut != got.LeftOut || len(again.Findings) != len(got.Findings) {
		t.Errorf("capped once more there are %d, and %d left out", len(again.Findings), again.LeftOut)
	}
}

// What is within bounds stays as it is.
func TestCappedLeavesAlone(t *testing.T) {
	preemptions := 1
	v := finding.Verdict{Outcome: finding.Fail, Findings: []finding.Finding{
		{
			Kind: finding.DataRace, Severity: finding.Error, Message: "a race", Related: []finding.Related{{Message: "here"}},
			Fact:     finding.Fact{Conflict: &finding.Conflict{First: finding.Access{Op: finding.AccessWrite}}},
			Evidence: finding.Evidence{Preemptions: &preemptions, Tests: []string{"TestA"}, Trace: &finding.Interleaving{Steps: []finding.Step{{Number: 1}}}},
		},
		{Kind: finding.Vet, Severity: finding.Warning},
	}}
	if diff := cmp.Diff(v, Capped(v)); diff != "" {
		t.Error(diff)
	}
}
