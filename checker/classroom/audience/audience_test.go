package audience_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"racelab/checker/classroom/audience"
	"racelab/checker/classroom/gradebook"
	"racelab/checker/classroom/record"
	"racelab/checker/exercise"
	"racelab/checker/finding"
)

var set = exercise.Set{{
	ID: "01-balance", Manifest: exercise.Manifest{Number: 1, Files: []string{"bank.go"}},
	Dir: fstest.MapFS{
		"bank.go":      {Data: []byte("package bank\n")},
		"bank_test.go": {Data: []byte("package bank_test\n\nfunc TestRushHour(t *testing.T) {}\n\nfunc (x) TestNone() {}\n")},
	},
}}

// secrets are what no student may read, in whatever format.
var secrets = []string{"contract_test.go", "Contract/", "TestSecret", "secret_test.go", "the machine is out of paper", "too strict", "ben", "sha256:roster"}

// at is a place in a hidden file.
func at(file string) finding.Location {
	return finding.Location{File: file, Line: 7, Function: "TestSecret"}
}

// book has findings that have something hidden wherever there can be something.
func book() record.Book {
	contract, own := at("contract_test.go"), finding.Location{File: "bank.go", Line: 18}
	frames := []finding.Frame{{Function: "(*Account).Deposit", File: "bank.go", Line: 18}, {Function: "TestSecret", File: "/tmp/x/secret_test.go", Line: 2}}
	findings := []finding.Finding{
		{
			Kind: finding.DataRace, Detector: finding.Contract, Severity: finding.Error, Message: "a.Deposit(1): what it returned is wrong", Location: contract,
			Fact:    finding.Fact{Conflict: &finding.Conflict{First: finding.Access{Place: own}, Second: &finding.Access{Place: contract}}},
			Related: []finding.Related{{Message: "here", Location: own}, {Message: "in TestSecret", Location: contract}, {Message: "there", Role: finding.Role{Access: &finding.Access{Place: contract}}}},
			Evidence: finding.Evidence{
				Mode: finding.ExploreMode, Tests: []string{"TestSecret", "TestRushHour/sub", "Contract/0.38"}, Schedule: "Contract/0.38::53.2afl.j7d5",
				Output: "at secret_test.go:3", Diff: "secret_test.go", Goroutines: []finding.Goroutine{{ID: 1, Stack: frames, CreatedBy: frames}},
				Scenario: &finding.Scenario{Setup: "a := bank.Open(1)", Threads: [][]finding.Made{{{Call: "a.Deposit(1)", Blame: true}}}},
				Trace: &finding.Interleaving{
					Goroutines: []finding.Lane{{Name: "a", Function: "Contract/0.38"}, {Name: "b", Function: "TestSecret.func1", Started: contract}, {Name: finding.Clock, Function: "the clock"}},
					Steps:      []finding.Step{{Goroutine: "a", Location: contract}, {Goroutine: "b", Location: own, Fault: &finding.Fault{Kind: finding.FaultRace, Conflict: &finding.Conflict{First: finding.Access{Place: own}, Second: &finding.Access{Place: contract}}}}},
					Left:       []finding.Waiting{{Goroutine: "b", Location: contract, Holds: []finding.Hold{{Location: contract}}}},
				},
			},
		},
		{Kind: finding.WrongResult, Detector: finding.Tests, Severity: finding.Error, Message: "TestSecret: 3, want 4", Location: at("secret_test.go"), Fact: finding.Fact{Failure: &finding.Failure{Test: "TestSecret", Text: "3, want 4"}}},
		{Kind: finding.Panic, Detector: finding.Runtime, Severity: finding.Error, Message: "it panics in secret_test.go", Location: own},
		{Kind: finding.Timeout, Detector: finding.Runtime, Severity: finding.Error, Message: "TestSecret does not end", Location: own}, // an older racelab kept words alone
		{Kind: finding.WrongResult, Detector: finding.Tests, Severity: finding.Error, Message: "TestRushHour: 5 cents are missing", Location: finding.Location{File: "bank_test.go", Line: 3}, Fact: finding.Fact{Failure: &finding.Failure{Test: "TestRushHour", Text: "5 cents are missing"}}, Evidence: finding.Evidence{Schedule: "TestRushHour::1.a.b", Tests: []string{"TestRushHour"}}},
	}
	fail := finding.Verdict{
		Outcome: finding.Fail, Findings: findings, Feedback: "Balance reads without the lock, as TestSecret shows.",
		Runs: []finding.Run{{Mode: finding.ExploreMode, Coverage: []finding.Coverage{{Test: "TestSecret"}, {Test: "TestRushHour"}}}},
	}
	unclear := finding.Verdict{Outcome: finding.Inconclusive, Reason: "the machine is out of paper", Cause: finding.DoubtMachine}
	large := finding.Verdict{Outcome: finding.Inconclusive, Reason: "it takes too long", Cause: finding.DoubtBudget}
	earlier := []record.Earlier{{Score: 3, Reason: "a test was too strict"}}
	return record.Book{
		Header: record.Header{Roster: "sha256:roster", Withheld: []string{"ben"}},
		Records: []record.Record{
			{Student: "ada", Exercise: "01-balance", State: record.Graded, Key: "k", MaxScore: 10, Verdict: &fail, Earlier: earlier},
			{Student: "ada", Exercise: "02-gone", State: record.Graded, Key: "k", MaxScore: 10, Verdict: &fail},
			{Student: "ada", Exercise: "03-unclear", State: record.Graded, MaxScore: 10, Verdict: &unclear},
			{Student: "ada", Exercise: "04-large", State: record.Graded, MaxScore: 10, Verdict: &large},
			{Student: "ben", Exercise: "01-balance", State: record.Graded, MaxScore: 10, Verdict: &fail},
		},
	}
}

func written(t *testing.T, b record.Book) string {
	t.Helper()
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func held(t *testing.T, s record.Stream) record.Book {
	t.Helper()
	b, err := s.Held()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// No format tells a student what is hidden.
func TestStudentSeesNothingHidden(t *testing.T) {
	given := book()
	before := written(t, given)
	seen := audience.Student(given.Of("ada").Stream(), set)
	if written(t, given) != before {
		t.Error("the records themselves have changed")
	}
	for _, f := range gradebook.Formats {
		var out bytes.Buffer
		if err := f.Render(&out, seen, gradebook.Style{Width: 80}); err != nil && f.Name != "gradescope" { // it has no word for what could not be told
			t.Fatal(err)
		}
		for _, secret := range secrets {
			if strings.Contains(out.String(), secret) {
				t.Errorf("%s tells %q:\n%s", f.Name, secret, out.String())
			}
		}
	}
}

// What is not hidden is still there: their own code, the tests that they have, the calls.
func TestStudentSeesTheRest(t *testing.T) {
	text := written(t, held(t, audience.Student(book().Of("ada").Stream(), set)))
	for _, want := range []string{
		"a.Deposit(1): what it returned is wrong", `"call":"a.Deposit(1)"`, "Balance reads without the lock", `"file":"bank.go","line":18`,
		"TestRushHour: 5 cents are missing", "TestRushHour::1.a.b", `"tests":["TestRushHour/sub"]`, `"function":"the clock"`, "(*Account).Deposit",
		"a test that is not among those handed out shows it", "racelab found this: panic", "it takes too long",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// Who is withheld is not there for others, by name or by number.
func TestReleased(t *testing.T) {
	b := held(t, audience.Released(book().Stream()))
	if text := written(t, b); strings.Contains(text, "ben") || len(b.Records) != 4 {
		t.Error(text)
	}
	if !audience.Withheld(book(), "ben") || audience.Withheld(book(), "ada") {
		t.Error("ben alone is withheld")
	}
}
