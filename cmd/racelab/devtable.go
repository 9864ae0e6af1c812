package main

import (
	"fmt"
	"strings"
	"time"

	"racelab/checker/finding"
	"racelab/checker/proof"
	"racelab/checker/report/terminal"
)

// A trialTable shows what came of the versions of one exercise. It has the widths
// of the columns that are as wide as they need to be.
type trialTable struct{ name, expected int }

// longestName leaves the table 100 columns at most; names of files may be longer.
const longestName = 30

func newTrialTable(all []proof.Trial) trialTable {
	t := trialTable{expected: len("expected")}
	for _, trial := range all {
		t.name = max(t.name, min(len(trial.Name), longestName))
		for _, word := range trial.Expected {
			t.expected = max(t.expected, len(word))
		}
	}
	return t
}

func (t trialTable) heading(id string) string {
	return fmt.Sprintf("%-*s%s  %-*s  seen", 4+t.name, id, numbers("time", "first", "explored", "native"), t.expected, "expected")
}

// numbers are the columns of numbers.
func numbers(took, first, explored, native string) string {
	return fmt.Sprintf("  %6s  %5s  %8s  %6s", took, first, explored, native)
}

// rows are the lines of one version: a kind has a line of its own.
func (t trialTable) rows(mark string, r trialResult) []string {
	start := fmt.Sprintf("  %s %-*s", mark, t.name, terminal.Cut(r.Name, t.name)) +
		numbers(timeOf(r), first(r.verdicts), share(r.verdicts, finding.ExploreMode), share(r.verdicts, finding.RaceMode))
	blank := strings.Repeat(" ", 4+t.name+len(numbers("", "", "", "")))
	shown := proof.Seen(r.verdicts)
	var lines []string
	for i := range max(len(r.Expected), len(shown)) {
		line := fmt.Sprintf("%s  %-*s  %s", start, t.expected, cell(r.Expected, i), cell(shown, i))
		lines = append(lines, strings.TrimRight(line, " "))
		start = blank
	}
	return lines
}

// cell is empty where the column ends before.
func cell(column []string, i int) string {
	if i < len(column) {
		return column[i]
	}
	return ""
}

// timeOf is how long a version took, if it was checked now.
func timeOf(r trialResult) string {
	if r.known {
		return "known"
	}
	return seconds(r.took)
}

// seconds is how a duration stands in the table.
func seconds(d time.Duration) string { return fmt.Sprintf("%.1fs", d.Seconds()) }

// first is how many schedules it took until one failed, in the test in which that
// was soonest.
func first(vs []finding.Verdict) string {
	least := 0
	for _, v := range vs {
		for _, f := range v.Errors() {
			if n := f.Evidence.SchedulesRun; n > 0 && (least == 0 || n < least) {
				least = n
			}
		}
	}
	if least == 0 {
		return "-"
	}
	return fmt.Sprint(least)
}

// share is how many executions in a mode, or its schedules, showed something.
func share(vs []finding.Verdict, mode finding.Mode) string {
	n, of := 0, 0
	for _, v := range vs {
		failed, all := proof.Failing(v, mode)
		n, of = n+failed, of+all
	}
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%d/%d", n, of)
}
