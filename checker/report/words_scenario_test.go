package report

import (
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

// Of long results one is told where they differ.
func TestWhereTheyDiffer(t *testing.T) {
	long := strings.Repeat("seat, ", 100)
	for _, tt := range []struct {
		got, want, shownGot, shownWant string
	}{
		{"1, 2", "1, 3", "1, 2", "1, 3"},
		{long + "1, 2", long + "1, 3", "… seat, seat, seat, seat, 1, 2", "… seat, seat, seat, seat, 1, 3"},
		{"no, " + long, "yes, " + long, "no, seat, seat, seat, seat, seat, seat, seat, seat, seat, se …", "yes, seat, seat, seat, seat, seat, seat, seat, seat, seat, s …"},
		{long, "", long[:60] + " …", ""},
	} {
		got, want := whereTheyDiffer(tt.got, []string{tt.want})
		if got != tt.shownGot || want[0] != tt.shownWant {
			t.Errorf("got %q and %q, want %q and %q", got, want[0], tt.shownGot, tt.shownWant)
		}
	}
}

// Of seventy goroutines that do the same, those with the same result are one loop.
func TestLinesOfAThrong(t *testing.T) {
	paid := finding.Made{Call: "a.Draw(1)", Result: "paid", Begun: true, Returned: true}
	odd := finding.Made{Call: "a.Draw(1)", Result: "nothing", Begun: true, Returned: true, Blame: true}
	threads := append(slices.Repeat([][]finding.Made{{paid}}, 68), []finding.Made{odd}, []finding.Made{paid})
	got := scenarioLines(finding.Scenario{Setup: "a := Open(70)", Threads: threads})
	want := [][2]string{{"a := Open(70)", ""}, {"for range 69 {", ""}, {"\tgo a.Draw(1)", "paid"}, {"}", ""}, {"go a.Draw(1)", "nothing <- here"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	few := scenarioLines(finding.Scenario{Threads: [][]finding.Made{{paid}, {odd}, {paid}}})
	if want := [][2]string{{"", ""}, {"go a.Draw(1)", "paid"}, {"go a.Draw(1)", "nothing <- here"}, {"go a.Draw(1)", "paid"}}; !cmp.Equal(want, few) {
		t.Errorf("%q", few)
	}
}
