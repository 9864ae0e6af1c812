package report

import (
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/report/terminal"
)

// A place is clickable by each of its names, and text that only looks like one is not.
func TestLinked(t *testing.T) {
	p := newPage(finding.Verdict{}, Style{Links: terminal.Links{On: true, Line: "#L"}}, Context{Submission: Submission{
		Paths: map[string]Path{
			"bank.go":      {"exercises/01-x/bank.go", "/lab/exercises/01-x/bank.go"},
			"bank_test.go": {"exercises/01-x/bank_test.go", "/lab/exercises/01-x/bank_test.go"},
		},
	}})
	text := "exercises/01-x/bank.go:18 in Deposit\n(bank.go:7, bank_test.go:9) mybank.go:1 /usr/bank.go:2 …bank.go:3 bank.go other.go:4 bank.go:5x\nbank.go:6"
	link := func(file, text, line string) string {
		return "\x1b]8;;file:///lab/exercises/01-x/" + file + "#L" + line + "\a" + text + ":" + line + "\x1b]8;;\a"
	}
	want := link("bank.go", "exercises/01-x/bank.go", "18") + " in Deposit\n(" + link("bank.go", "bank.go", "7") + ", " +
		link("bank_test.go", "bank_test.go", "9") + ") mybank.go:1 /usr/bank.go:2 …" + link("bank.go", "bank.go", "3") +
		" bank.go other.go:4 bank.go:5x\n" + link("bank.go", "bank.go", "6")
	if got := p.linked(text); got != want {
		t.Errorf("got\n%s\nwant\n%s", strings.ReplaceAll(got, "\x1b", "ESC"), strings.ReplaceAll(want, "\x1b", "ESC"))
	}
	p.Links.On = false
	if got := p.linked(text); got != text {
		t.Errorf("without links: %q", got)
	}
}
