package report

import (
	"strings"
	"testing"

	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
)

func TestMarkOf(t *testing.T) {
	write := finding.Access{Op: finding.AccessWrite, Write: true, Place: deposit, Exact: finding.AtLine}
	started := func(name finding.GoroutineName, at finding.Location) finding.Related {
		return finding.Related{Role: finding.Role{Kind: finding.RoleStarted, Goroutines: []finding.GoroutineName{name}}, Location: at}
	}
	for _, tt := range []struct {
		name    string
		finding finding.Finding
		want    Mark
	}{
		{"nothing but a kind", finding.Finding{Kind: finding.Timeout}, Mark{Text: "It did not end in time", Short: "It did not end in time: "}},
		{
			"places, of which two are one and one is nobody's to see",
			finding.Finding{
				Kind: finding.DataRace, Location: deposit, Fact: finding.Fact{Conflict: &finding.Conflict{First: write}},
				Related: []finding.Related{started("7", balance), started("8", balance), started("9", hidden), started("9", finding.Location{})},
			},
			Mark{
				Location: deposit, Text: "Data race: unsynchronised write at bank.go:14 in (*Account).Deposit",
				Short:  "Data race: bank.go:14 Deposit",
				Places: []finding.Related{{Message: "goroutine 7 was started here; goroutine 8 was started here", Location: balance}},
			},
		},
		{
			"a result, where it comes of",
			finding.Finding{
				Kind: finding.WrongResult, Location: finding.Location{File: "bank_test.go", Line: 9}, Fact: finding.Fact{Failure: &finding.Failure{Test: "TestA", Text: "got 1"}},
				Origin: &finding.Origin{
					Kind: finding.OriginSplit, Goroutine: "b", By: "c", Object: "a.mu", First: finding.Use{Op: finding.OpLock, Place: balance},
					Other: &finding.Use{Op: finding.OpLock, Place: deposit}, Then: finding.Use{Op: finding.OpLock, Place: deposit},
				},
			},
			Mark{
				Location: balance, Text: "Wrong result: one call of (*Account).Balance takes two steps, and another goroutine comes between them",
				Short: "Wrong result at bank.go:20: one call of (*Account).Balance takes two steps, …",
				Places: []finding.Related{
					{Message: "goroutine b locks a.mu here …", Location: balance},
					{Message: "… then goroutine c locks a.mu here …", Location: deposit},
					{Message: "… and only then goroutine b locks a.mu here", Location: deposit},
					{Message: "TestA: got 1", Location: finding.Location{File: "bank_test.go", Line: 9}},
				},
			},
		},
		{
			"what is started, and comes too late",
			finding.Finding{
				Kind: finding.WrongResult, Fact: finding.Fact{Failure: &finding.Failure{Test: "TestA", Text: "got 1"}},
				Origin: &finding.Origin{Kind: finding.OriginLate, Goroutine: "a", By: "b", First: finding.Use{Op: finding.OpGo, Place: deposit}, Then: finding.Use{Place: balance}},
			},
			Mark{
				Location: deposit, Text: "Wrong result: (*Account).Deposit starts a goroutine and returns before that has begun",
				Short: "Wrong result at bank.go:14: (*Account).Deposit starts a goroutine and returns …",
				Places: []finding.Related{
					{Message: "goroutine a starts goroutine b here, and goes on …", Location: deposit},
					{Message: "… and goroutine b does this only when it is too late", Location: balance},
				},
			},
		},
		{
			"a lock that is taken again",
			finding.Finding{
				Kind: finding.RecursiveLock, Location: balance,
				Fact:    finding.Fact{Relock: &finding.Relock{Held: finding.Taking{Place: deposit, Reads: true}, Again: finding.Taking{Place: balance}}},
				Related: []finding.Related{{Role: finding.Role{Kind: finding.RoleLocked, Reads: true}, Location: deposit}},
			},
			Mark{
				Location: balance, Text: "A goroutine locks what it has locked already: for reading at bank.go:14, and for writing at bank.go:20",
				Short:  "A goroutine locks what it has locked already: for reading at bank.go:14, and …",
				Places: []finding.Related{{Message: "it was read-locked here", Location: deposit}},
			},
		},
		{
			"what would control a terminal",
			finding.Finding{Kind: finding.WrongResult, Fact: finding.Fact{Failure: &finding.Failure{Test: "TestA", Text: "\x1b[2Jgot\n1"}}},
			Mark{Text: `Wrong result: TestA: \x1b[2Jgot\n1`, Short: `Wrong result: TestA: \x1b[2Jgot\n1`},
		},
		{
			"what is too long",
			finding.Finding{Kind: finding.Panic, Message: strings.Repeat("x", 10_000)},
			Mark{Text: "The program crashed: " + strings.Repeat("x", longMessage-22) + "…", Short: "The program crashed: " + strings.Repeat("x", longShort-22) + "…"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, MarkOf(tt.finding)); diff != "" {
				t.Errorf("- want, + got:\n%s", diff)
			}
		})
	}
}

func TestMarkTexts(t *testing.T) {
	m := Mark{Text: "Data race: there", Places: []finding.Related{{Message: "read by goroutine 7", Location: balance}}}
	if got, want := m.WithPlaces(m.Earlier()), "Before your change: Data race: there\nbank.go:20: read by goroutine 7"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPlain(t *testing.T) {
	for _, tt := range []struct {
		verdict finding.Verdict
		want    string
	}{
		{finding.Verdict{Exercise: "01-bank", Outcome: finding.Pass, Score: 10, MaxScore: 10}, "01-bank passes: 10 of 10 points"},
		{
			finding.Verdict{Exercise: "01-bank", Outcome: finding.Fail, MaxScore: 10, Findings: []finding.Finding{{Severity: finding.Error}}},
			"01-bank does not pass yet: 1 problem, 0 of 10 points",
		},
		{
			finding.Verdict{Exercise: "01-bank", Outcome: finding.Inconclusive, Reason: "the disk is full"},
			"01-bank has no verdict: the disk is full. This says nothing about your program: it is neither a pass nor a fail.",
		},
	} {
		if got := Plain(tt.verdict); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}
