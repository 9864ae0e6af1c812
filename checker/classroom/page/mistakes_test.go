package page

import (
	"fmt"
	"slices"
	"testing"

	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

// A submission belongs to the rejected fix that it is word for word, else to the nearest of
// those that were seen, else to the only one of its kind; and the others stand together.
func TestGroups(t *testing.T) {
	known := []Mistake{
		{"sleep", finding.DataRace, "Sleeping orders nothing."},
		{"two-locks", finding.DataRace, "Two locks exclude nobody."},
		{"order", finding.Deadlock, "Both wait for each other."},
	}
	fails := func(feedback string, findings ...finding.Finding) failure {
		return failureOf(finding.Verdict{Outcome: finding.Fail, Feedback: feedback, Findings: findings})
	}
	race := func(function string) finding.Finding {
		f := raceAt(7, "TestShown", 1)
		f.Location.Function = function
		return f
	}
	deadlock := finding.Finding{Kind: finding.Deadlock, Severity: finding.Error}
	build := finding.Finding{Kind: finding.Build, Severity: finding.Error}
	warning := finding.Finding{Kind: finding.Panic, Severity: finding.Warning}
	failures := []failure{
		0: fails(known[0].Feedback, race("Deposit"), wrongIn("TestShown", "x", 1)),
		1: fails("", race("Deposit"), wrongIn("TestShown", "y", 1), warning), // the same but for what it says
		2: fails("", race("Close")),                                          // like none that was seen, and there are two of its kind
		3: fails("", deadlock),
		4: fails("", build),
		5: fails("", build),
		6: fails("What an older exercise said.", build),
		7: fails("", race("Withdraw")),
	}
	failures[7].like = known[1].Feedback // it shows what that one shows
	var got []string
	for _, g := range groupsOf(failures, known) {
		row := newMistakeRow(g, failures, known, make([]person, len(failures)))
		got = append(got, fmt.Sprint(row.Title, row.Exact, g.members, row.Perhaps))
	}
	want := []string{
		"The program does not compile0 [4 5 6] []", "sleep1 [0 1] []", "Data race0 [2] [sleep two-locks]", "two-locks0 [7] []", "order0 [3] []",
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTraits(t *testing.T) {
	a, b := traitsOf(finding.Verdict{Findings: []finding.Finding{raceAt(7, "TestShown", 1)}}), traitsOf(finding.Verdict{Findings: []finding.Finding{raceAt(9, "TestShown", 1)}})
	if a.like(b) != 1 || a.like(traits{}) != 0 {
		t.Errorf("lines tell them apart: %v, %v", a, b)
	}
}
