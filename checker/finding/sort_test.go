package finding

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a person should read first comes first, in whatever order it was found.
func TestSort(t *testing.T) {
	at := func(file string, line int) Location { return Location{File: file, Line: line} }
	natively := Evidence{Mode: RaceMode, Seen: 1}
	explored := Evidence{Mode: RaceMode, Seen: 1, Schedule: "TestA::1.x.y"}
	want := []Finding{
		{Kind: DataRace, Severity: Error, Location: at("z.go", 8), Evidence: explored},
		{Kind: DataRace, Severity: Error, Location: at("z.go", 9)},
		{Kind: DataRace, Severity: Error, Location: at("a.go", 1), Evidence: natively},
		{Kind: WrongResult, Severity: Error, Location: at("a_test.go", 3)},
		{Kind: WrongResult, Severity: Error, Location: at("a_test.go", 12)},
		{Kind: WrongResult, Severity: Error, Location: at("b.go", 1), Related: []Related{{Location: at("a.go", 1)}}},
		{Kind: WrongResult, Severity: Error, Location: at("a.go", 1), Evidence: Evidence{Scenario: &Scenario{}}},
		{Kind: DataRace, Severity: Warning, Location: at("a.go", 1)},
	}
	for shift := range want {
		got := append(append([]Finding{}, want[shift:]...), want[:shift]...)
		Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("shifted by %d (-want +got):\n%s", shift, diff)
		}
	}
}
