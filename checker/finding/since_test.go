package finding_test

import (
	"fmt"
	"testing"
	"time"

	"racelab/checker/finding"
)

func in(kind finding.Kind, function string, line, problem int) finding.Finding {
	return finding.Finding{
		Kind: kind, Severity: finding.Error, Problem: problem,
		Location: finding.Location{File: "bank.go", Line: line, Function: function},
	}
}

func complains(test, text string, problem int, follows finding.Follows) finding.Finding {
	f := in(finding.WrongResult, "check", 4, problem)
	f.Location.File, f.Follows = "bank_test.go", follows
	f.Fact.Failure = &finding.Failure{Test: test, Text: text}
	return f
}

func quoted(kind finding.Kind, text string) finding.Finding {
	f := in(kind, "", 3, 1)
	f.Fact.Quotation = &finding.Quotation{Text: text}
	return f
}

func TestSinceLast(t *testing.T) {
	deposit, withdraw := in(finding.DataRace, "Deposit", 18, 1), in(finding.DataRace, "Withdraw", 23, 2)
	moved := in(finding.DataRace, "Deposit", 25, 1)
	build, other := quoted(finding.Build, "undefined: mu"), quoted(finding.Build, "undefined: nu")
	lost := complains("TestA", "2 of 3", 1, finding.Consequence)
	lostAlone := complains("TestA", "2 of 3", 1, "")
	rare, hang, late := deposit, in(finding.Deadlock, "Sell", 8, 1), in(finding.DataRace, "Withdraw", 23, 1)
	rare.Evidence.Seen, rare.Evidence.Runs = 1, 4
	hang.Evidence.Tests = []string{"TestA", "TestB"}
	late.Evidence.Tests, late.Evidence.Schedule = []string{"TestB"}, "TestB::5.0f3kq.9c0e"
	elsewhere := late
	elsewhere.Evidence.Tests = []string{"TestC"}
	for name, c := range map[string]struct {
		before, now []finding.Finding
		mended      string // kinds and functions
		fresh       string // numbers
	}{
		"what the race led to stays":  {[]finding.Finding{deposit, lost}, []finding.Finding{lostAlone}, "[data-race Deposit]", "[]"},
		"a race where it was wrong":   {[]finding.Finding{lostAlone}, []finding.Finding{deposit, lost}, "[]", "[1]"},
		"seen in one of four runs":    {[]finding.Finding{rare}, nil, "[? data-race Deposit]", "[]"},
		"where the tests hung":        {[]finding.Finding{hang}, []finding.Finding{late}, "[deadlock Sell]", "[] [1]"},
		"where they did not hang":     {[]finding.Finding{hang}, []finding.Finding{elsewhere}, "[deadlock Sell]", "[1]"},
		"another one, natively":       {[]finding.Finding{hang}, []finding.Finding{deposit}, "[deadlock Sell]", "[] [1]"},
		"another one, without a hang": {[]finding.Finding{deposit}, []finding.Finding{late}, "[data-race Deposit]", "[1]"},
		"lines move":                  {[]finding.Finding{deposit}, []finding.Finding{moved}, "[]", "[]"},
		"one of two":                  {[]finding.Finding{deposit, withdraw}, []finding.Finding{moved}, "[data-race Withdraw]", "[]"},
		"another one":                 {[]finding.Finding{deposit}, []finding.Finding{in(finding.Deadlock, "Deposit", 18, 1)}, "[data-race Deposit]", "[1]"},
		"all":                         {[]finding.Finding{deposit, withdraw}, nil, "[data-race Deposit data-race Withdraw]", "[]"},
		"in fewer tests":              {[]finding.Finding{complains("TestA", "2 of 3", 1, ""), complains("TestB", "no", 1, "same")}, []finding.Finding{complains("TestB", "no", 1, "")}, "[]", "[]"},
		"with another number":         {[]finding.Finding{complains("TestA", "2 of 3", 1, "")}, []finding.Finding{complains("TestA", "1 of 3", 1, "")}, "[]", "[]"},
		"of another test":             {[]finding.Finding{complains("TestA", "2 of 3", 1, "")}, []finding.Finding{complains("TestB", "2 of 3", 1, "")}, "[wrong-result check]", "[1]"},
		"it does not compile":         {[]finding.Finding{deposit}, []finding.Finding{build}, "[]", "[1]"},
		"it compiles":                 {[]finding.Finding{build}, []finding.Finding{deposit}, "[build ]", "[]"},
		"another error of compiling":  {[]finding.Finding{build}, []finding.Finding{other}, "[build ]", "[1]"},
	} {
		at := time.Date(2026, 11, 30, 19, 0, 0, 0, time.UTC)
		s := finding.Verdict{Findings: c.now}.SinceLast(finding.Verdict{Findings: c.before}, at, false)
		mended := []string{}
		for _, f := range s.Mended {
			mended = append(mended, string(f.Kind)+" "+f.Location.Function)
		}
		for _, f := range s.Unseen {
			mended = append(mended, "? "+string(f.Kind)+" "+f.Location.Function)
		}
		fresh := fmt.Sprint(s.New)
		if s.Uncovered != nil {
			fresh += fmt.Sprint(" ", s.Uncovered)
		}
		if fmt.Sprint(mended) != c.mended || fresh != c.fresh || !s.At.Equal(at) {
			t.Errorf("%s: mended %v, new %v; want %s and %s", name, mended, fresh, c.mended, c.fresh)
		}
	}
}

// Of the same files nothing is mended, and nothing is new.
func TestSinceLastOfTheSameFiles(t *testing.T) {
	one, other := in(finding.DataRace, "Deposit", 18, 1), in(finding.DataRace, "Withdraw", 23, 1)
	s := finding.Verdict{Findings: []finding.Finding{other}}.SinceLast(finding.Verdict{Findings: []finding.Finding{one}}, time.Time{}, true)
	if len(s.Mended) > 0 || len(s.New) > 0 || len(s.Unseen) != 1 || len(s.Uncovered) != 1 || !s.Unchanged {
		t.Errorf("%+v", s)
	}
}
