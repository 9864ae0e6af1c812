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
		{"no, " + long, "yes, " + long, "no, seat, seat, seat, seat, seat, seat, seat, seat, seat, …", "yes, seat, seat, seat, seat, seat, seat, seat, seat, seat, …"},
		{long, "", strings.TrimSpace(long[:60]) + " …", ""},
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

func TestAnswerWords(t *testing.T) {
	for _, tt := range []struct {
		answer finding.Answer
		want   string
	}{
		{
			finding.Answer{Kind: finding.NoReturn, Call: "a.Draw(1)"},
			"a.Draw(1) does not return; with the reference solution it does, whatever the order of the calls",
		},
		{
			finding.Answer{Kind: finding.Woken, Call: "a.Draw(1)", By: "a.Close()", Got: "paid"},
			"a.Draw(1) returns only when a.Close() is called in the end; with the reference solution it returns before, whatever the order of the calls",
		},
		{
			finding.Answer{Kind: finding.Early, Call: "a.Draw(1)", By: "a.Close()", Got: "paid"},
			"a.Draw(1) returns paid; with the reference solution it waits until a.Close() is called in the end, whatever the order of the calls",
		},
		{
			finding.Answer{Kind: finding.HeldUp, Call: "a.Balance()", By: "a.Draw(1)"},
			"a.Balance() waits for the function that a.Draw(1) was given, which takes long; with the reference solution it goes on meanwhile",
		},
		{
			finding.Answer{Kind: finding.Unexplained, Call: "a.Balance()", Got: "3", Want: []string{"1", "2"}},
			"a.Balance() returns 3; in no order of the calls does that happen with the reference solution; there it returns 1; or 2",
		},
		{
			finding.Answer{Kind: finding.Unexplained, Call: "a.Draw(1); a.Draw(2), and how long that took", Got: "3", Want: []string{""}, Alone: true},
			"a.Draw(1); a.Draw(2), and how long that took; what comes of it: 3; there all is well",
		},
		{
			finding.Answer{Kind: finding.Unexplained, Call: "as many draws as a number in the program", Got: "of 9, 8 are paid", Want: []string{"what was promised"}},
			"as many draws as a number in the program; what comes of it: of 9, 8 are paid; in no order of the calls does that happen with the reference solution; there: what was promised",
		},
	} {
		if got := answerWords(tt.answer); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}
