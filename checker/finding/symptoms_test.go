package finding

import (
	"slices"
	"testing"
)

func TestSymptoms(t *testing.T) {
	at := func(file, function string) Location { return Location{File: file, Line: 3, Function: function} }
	inTest := Evidence{Mode: RaceMode, Schedule: "TestRush::12.ab.cd", Tests: []string{"TestRush", "TestSeenOnlyNatively"}}
	scenario := Evidence{Mode: ExploreMode, Schedule: "Contract/0.1::1.x.y", Scenario: &Scenario{
		Threads: [][]Made{{{Call: "b.Offer(Bid{1, 2})"}, {Call: "b.Offer(Bid{3, 4})"}}, {{Call: "b.Leader()"}, {Call: "many bid at once"}}},
		Finally: []Made{{Call: "b.Close()"}},
	}}
	race := Finding{
		Kind: DataRace, Severity: Error, Location: at("bank.go", "(*Account).Pay"), Evidence: inTest,
		Related: []Related{{Location: at("bank.go", "(*Account).Balance")}, {Location: at("bank.go", "Open")}},
	}
	same := race
	same.Location, same.Related = race.Related[0].Location, []Related{{Location: race.Location}}
	v := Verdict{Findings: []Finding{
		{Kind: WrongResult, Severity: Error, Location: at("bank_test.go", "TestRush"), Evidence: inTest},
		race, same,
		{Kind: WrongResult, Severity: Error, Location: at(ContractFile, ""), Evidence: scenario},
		{Kind: Vet, Severity: Error, Location: at("bank.go", "")},
		{Kind: Panic, Severity: Error, Location: at("bank.go", "Open"), Evidence: Evidence{Mode: RaceMode, Seen: 1}},
		{Kind: LockOrder, Severity: Warning, Location: at("bank.go", "Open")},
	}}
	want := []string{
		"data-race in TestRush at (*Account).Balance and (*Account).Pay",
		"vet at bank.go",
		"wrong-result in TestRush",
		"wrong-result when it is asked for Leader, Offer, many bid at once",
	}
	if got := v.Symptoms(); !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
