package page

import (
	"fmt"
	"math/rand/v2"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
)

// hostile is what somebody may call themselves, or have a program say.
const hostile = "<script>alert(1)</script></noscript><img src=x onerror=alert(2)> \x1b[31m \u202e '\"`{{.}} ]]> \xff\x00 =HYPERLINK(1) ../x"

// generated is a class of which each record is drawn, the same ones for the same arguments.
func generated(students, exercises int) (record.Book, Known) {
	draw := rand.New(rand.NewPCG(1, 2))
	b := record.Book{Header: record.Header{Racelab: "v0", Roster: "r"}}
	known := Known{Command: "racelab", Exercises: map[string]Exercise{}}
	var ids []string
	for i := range exercises {
		id := fmt.Sprintf("%02d-exercise", i+1)
		ids = append(ids, id)
		known.Exercises[id] = Exercise{
			Title:     fmt.Sprintf("Exercise %d", i+1),
			HandedOut: map[string][]byte{"bank_test.go": []byte("package bank_test\n\nfunc TestShown(t *testing.T) {}\n")},
			Mistakes: []Mistake{
				{"sleep-first", finding.DataRace, "Sleeping orders nothing."},
				{"two-mutexes", finding.DataRace, "Two locks exclude nobody."},
				{"wrong-order", finding.Deadlock, "Both wait for each other."},
			},
		}
	}
	for s := range students {
		for _, id := range ids {
			b.Records = append(b.Records, drawRecord(draw, fmt.Sprintf("student%03d", s), id))
		}
	}
	return b, known
}

func drawRecord(draw *rand.Rand, student, exercise string) record.Record {
	r := record.Record{Student: student, Name: "Name of " + student, Exercise: exercise, State: record.Graded, MaxScore: 10, Late: draw.IntN(20) == 0, Submission: fmt.Sprint(draw.Int())}
	switch n := draw.IntN(100); {
	case n < 55:
		r.Score, r.Verdict = 10, &finding.Verdict{Outcome: finding.Pass, Score: 10, MaxScore: 10}
	case n < 62:
		r.State = record.Missing
	case n < 66:
		r.State = record.Untouched
	case n < 68:
		r.Verdict = &finding.Verdict{Outcome: finding.Inconclusive, Reason: "the disk is full", MaxScore: 10}
	default:
		line := 10 + draw.IntN(60) // few programs are alike
		r.Score = draw.IntN(9)
		r.Verdict = &finding.Verdict{
			Outcome: finding.Fail, Score: r.Score, MaxScore: 10, Points: []finding.Points{{Name: "No data race", Points: r.Score, Max: 10}},
			Findings: []finding.Finding{raceAt(line, "TestShown", 40), wrongIn("TestShown", fmt.Sprintf("the balance is %d, want 7", line), 60)},
		}
		if draw.IntN(3) == 0 {
			r.Verdict.Feedback = "Sleeping orders nothing."
		}
		r.Quotes = []record.Quote{{File: "bank.go", Line: line, Text: "\ta.balance += cents"}}
		r.Earlier = []record.Earlier{{Submission: r.Submission, Score: 1, MaxScore: 10, Reason: "a test was too strict"}}[draw.IntN(2):]
	}
	return r
}

func at(line int) finding.Location {
	return finding.Location{File: "bank.go", Line: line, Function: "(*Account).Deposit"}
}

func raceAt(line int, test string, steps int) finding.Finding {
	access := finding.Access{Op: finding.AccessWrite, Write: true, Place: at(line), Exact: finding.AtLine}
	none := 0
	return finding.Finding{
		Kind: finding.DataRace, Detector: finding.Race, Severity: finding.Error, Location: at(line),
		Fact:    finding.Fact{Conflict: &finding.Conflict{First: access, Second: &access}},
		Related: []finding.Related{{Role: finding.Role{Kind: finding.RoleAccess, Access: &access}, Location: at(line)}},
		Evidence: finding.Evidence{
			Mode: finding.ExploreMode, Seen: 1, Runs: 9, Tests: []string{test}, Schedule: test + "::10.42s8oq1n6d.95fh",
			SchedulesRun: 1, Preemptions: &none, Trace: interleaving(test, line, steps),
		},
	}
}

func wrongIn(test, text string, steps int) finding.Finding {
	return finding.Finding{
		Kind: finding.WrongResult, Detector: finding.Tests, Severity: finding.Error,
		Fact:     finding.Fact{Failure: &finding.Failure{Test: test, Text: text}},
		Location: finding.Location{File: "bank_test.go", Line: 3, Function: test},
		Evidence: finding.Evidence{Mode: finding.ExploreMode, Seen: 1, Runs: 9, Tests: []string{test}, Trace: interleaving(test, 20, steps)},
	}
}

// interleaving has three goroutines that take turns, and goes wrong in the end.
func interleaving(test string, line, steps int) *finding.Interleaving {
	in := &finding.Interleaving{Goroutines: []finding.Lane{
		{Name: "a", Function: test}, {Name: "b", Function: "Serve.func1", Started: at(9)}, {Name: "c", Function: "Serve.func1", Started: at(9)},
	}}
	for i := range steps {
		in.Steps = append(in.Steps, finding.Step{
			Number: i + 1, Goroutine: []finding.GoroutineName{"a", "b", "c"}[i%3], Op: "read", Object: "a.balance", Value: fmt.Sprint(line + i), Location: at(line),
			Preempts: i == steps/2,
		})
	}
	last := &in.Steps[len(in.Steps)-1]
	last.Wrong, last.Fault = true, &finding.Fault{Kind: finding.FaultRace}
	return in
}
