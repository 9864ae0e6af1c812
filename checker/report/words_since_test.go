package report

import (
	"slices"
	"testing"

	"racelab/checker/finding"
)

func TestChanges(t *testing.T) {
	race := finding.Finding{Kind: finding.DataRace, Severity: finding.Error, Problem: 1, Location: finding.Location{File: "bank.go", Line: 9, Function: "Deposit"}}
	for name, c := range map[string]struct {
		since finding.Since
		want  []string
	}{
		"nothing":               {finding.Since{}, []string{"nothing is mended, and nothing is new"}},
		"the same files":        {finding.Since{Unchanged: true}, nil},
		"mended":                {finding.Since{Mended: []finding.Finding{race, race}}, []string{"mended: Data race, in Deposit"}},
		"may be there":          {finding.Since{Unseen: []finding.Finding{race}}, []string{"not seen this time: Data race, in Deposit"}},
		"new":                   {finding.Since{New: []int{1}}, []string{"new: 1. Data race, in Deposit"}},
		"may have been there":   {finding.Since{Uncovered: []int{1}}, []string{"new, or hidden before by what is mended: 1. Data race, in Deposit"}},
		"now in the same files": {finding.Since{Uncovered: []int{1}, Unchanged: true}, []string{"not seen the last time: 1. Data race, in Deposit"}},
	} {
		v := finding.Verdict{Outcome: finding.Fail, Findings: []finding.Finding{race}, Since: &c.since}
		var got []string
		for _, l := range (view{v: v}).changes() {
			got = append(got, l.text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What a race does lead to, and what it may lead to, are told apart.
func TestFollowing(t *testing.T) {
	wrong := func(test string, why finding.Follows) finding.Finding {
		return finding.Finding{Kind: finding.WrongResult, Fact: finding.Fact{Failure: &finding.Failure{Test: test}}, Message: test, Follows: why}
	}
	p := finding.Problem{Head: finding.Finding{Kind: finding.DataRace}, Follows: []finding.Finding{wrong("TestA", finding.Likely), wrong("TestB", finding.Consequence)}}
	var got []string
	for _, g := range (view{}).following(p, "") {
		got = append(append(got, g.intro), g.lines...)
	}
	want := []string{"What it leads to:", "Wrong result: TestB", "What else goes wrong, perhaps because of it:", "Wrong result: TestA"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// What the tests say may come of one function, or of another one as well.
func TestFollowingAFunction(t *testing.T) {
	p := finding.Problem{Head: finding.Finding{Kind: finding.WrongResult, Message: "TestA", Origin: &finding.Origin{Kind: finding.OriginFunction}}}
	for with, want := range map[string]string{"": "What the tests say because of it:", "Open": "What the tests say because of it, or of the other function:"} {
		p.Head.Origin.With = with
		if got := (view{}).following(p, ""); len(got) != 1 || got[0].intro != want {
			t.Errorf("%q: %+v, want %q", with, got, want)
		}
	}
}
