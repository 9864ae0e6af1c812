// Package recordtest makes the records of classes that never were, for the tests of
// whatever reads records. The same seed makes the same class.
package recordtest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"racelab/checker/classroom/handin"
	"racelab/checker/classroom/record"
	"racelab/checker/classroom/shard"
	"racelab/checker/finding"
	"racelab/checker/report"
)

// Hostile is what somebody may call himself, a file or an exercise, or have a program say.
var Hostile = []string{
	"../x", "/etc/passwd", `=HYPERLINK("http://x")`, "+1", "-1", "@SUM(1)", "\t=1", "]]>", "<b>&amp;</b>", "<script>alert(1)</script>",
	"\x1b[31mred", "\xff\xfe\x00", "::error::pwned", "::stop-commands::x", "##[error]pwned", "\n::set-output name=x::y", "%0A::error::x",
	"a\r\nb", "\u202egnp.exe", "[[ATTACHMENT|/etc/passwd]]", "[[ATTA[[ATTACHMENT|CHMENT|x]]", "**bold** [link](http://x) | cell `code`",
	"~~~\n# heading\n```", "a,b;\"c\"", "{0} {{1}}", "![](http://x)", "exercise:7", "\u2028", "\U0001f600", "\x7f", strings.Repeat("long ", 2000),
}

// Class has the records of some students for some exercises, with every state, outcome and
// kind of finding as soon as it is large enough. Some of the students are Hostile, and some of
// the programs say what is.
func Class(seed uint64, students, exercises int) record.Book {
	m := maker{rand.New(rand.NewPCG(seed, 1))}
	b := record.Book{Header: record.Header{Racelab: "v1.2.3", Shard: shard.Whole}}
	for e := range exercises {
		b.Exercises = append(b.Exercises, fmt.Sprintf("%02d-%s", e+1, titles[e%len(titles)]))
	}
	for s := range students {
		id := fmt.Sprintf("student%03d", s)
		if s%3 == 2 {
			id = fmt.Sprintf("%s %d", Hostile[s/3%len(Hostile)], s)
		}
		for e, ex := range b.Exercises {
			r := m.record(s*exercises + e)
			r.Student, r.Exercise, r.Name = id, ex, "Name of "+id
			b.Records = append(b.Records, r)
		}
	}
	record.Sort(b.Records)
	return b
}

var titles = []string{"unlocked-balance", "lock-reentry", "pipe-ends", "lost-wakeup", "overdraft"}

var causes = []finding.DoubtKind{finding.DoubtMachine, finding.DoubtBudget, finding.DoubtTampering, finding.DoubtUndetermined}

// A maker draws what the records differ in.
type maker struct{ *rand.Rand }

// sorts are of what record returns: as many as there are states, outcomes and kinds.
var sorts = 5 + len(finding.Kinds())

// record is one of each sort in turn.
func (m maker) record(n int) record.Record {
	r := record.Record{Schema: record.Schema, State: record.Graded, MaxScore: 10, Submission: fmt.Sprintf("sha256:%x", n)}
	switch sort := n % sorts; sort {
	case 0:
		r.State, r.Submission = record.Missing, ""
		return r
	case 1:
		r.State = record.Untouched
		return r
	case 2:
		r.Verdict = &finding.Verdict{Outcome: finding.Inconclusive, Reason: m.words(), Cause: causes[n/sorts%len(causes)]}
	case 3:
		r.Score, r.Late = 10, true
		r.Verdict = &finding.Verdict{Outcome: finding.Pass, Findings: m.findings(finding.Vet, finding.Warning)}
	case 4:
		r.Score = 10
		r.Verdict = &finding.Verdict{Outcome: finding.Pass}
		r.Earlier = []record.Earlier{{Submission: "sha256:0", Key: "k", Score: 3, MaxScore: 10, Reason: m.words()}}
		r.Notes = []handin.Note{{What: handin.Twice, Path: m.words()}}
	default:
		r.Score = m.IntN(10)
		r.Verdict = &finding.Verdict{Outcome: finding.Fail, Findings: m.findings(finding.Kinds()[sort-5], finding.Error)}
	}
	v := r.Verdict
	v.Score, v.MaxScore, v.Findings = r.Score, r.MaxScore, report.Words(v.Findings)
	v.Points = []finding.Points{{Name: m.words(), Points: r.Score, Max: 10}}
	return r
}

// words are hostile, or those of an honest program.
func (m maker) words() string {
	if m.IntN(2) == 0 {
		return Hostile[m.IntN(len(Hostile))]
	}
	return fmt.Sprintf("the balance is %d, want 0", m.IntN(100))
}

// findings are one of a kind, sometimes with another one beside it.
func (m maker) findings(k finding.Kind, s finding.Severity) []finding.Finding {
	all := []finding.Finding{m.finding(k, s)}
	if m.IntN(3) == 0 {
		all = append(all, m.finding(finding.WrongResult, s))
	}
	return all
}

func (m maker) finding(k finding.Kind, s finding.Severity) finding.Finding {
	f := finding.Finding{
		Kind: k, Detector: finding.Scheduler, Severity: s, Message: m.words(), Location: m.place(),
		Related: []finding.Related{{Message: m.words(), Location: m.place()}},
	}
	f.Evidence = finding.Evidence{Mode: finding.ExploreMode, Seen: 1, Runs: 9, Tests: []string{"TestRushHour"}, Output: m.words()}
	switch m.IntN(3) {
	case 0:
		f.Evidence.Schedule, f.Evidence.Trace = "TestRushHour:b1c:5.0f3kq.9c0e", m.interleaving()
	case 1: // a scenario of the contract
		f.Detector, f.Location = finding.Contract, finding.Location{File: "bank.go"}
		f.Fact.Answer = &finding.Answer{Kind: finding.Unexplained, Call: "a.Deposit(" + m.words() + ")", Got: m.words()}
		f.Evidence.Scenario = &finding.Scenario{Setup: "a := bank.New()", Threads: [][]finding.Made{{{Call: "a.Deposit(1)", Begun: true, Result: m.words(), Blame: true}}}}
	}
	return f
}

// place is a line, a file, or nowhere.
func (m maker) place() finding.Location {
	return []finding.Location{
		{File: "bank.go", Line: 1 + m.IntN(40), Function: "(*Account).Deposit"},
		{File: "bank.go"},
		{File: m.words(), Line: m.IntN(3)},
		{File: finding.ContractFile, Line: 7, Function: "payingIn.func1"},
		{},
	}[m.IntN(5)]
}

// interleaving is of three goroutines, two of which have each other's lock.
func (m maker) interleaving() *finding.Interleaving {
	at := func(line int) finding.Location { return finding.Location{File: "bank.go", Line: line} }
	in := &finding.Interleaving{
		Goroutines: []finding.Lane{
			{Name: "a", Function: "TestRushHour"},
			{Name: "b", Function: "TestRushHour.func1", Started: finding.Location{File: "bank_test.go", Line: 14}},
			{Name: "c", Function: m.words(), Started: finding.Location{File: finding.ContractFile, Line: 14}},
		},
		Left: []finding.Waiting{
			{Goroutine: "b", Op: finding.OpLock, Object: "to.mu", Location: at(9), For: []finding.GoroutineName{"c"}},
			{Goroutine: "c", Op: finding.OpLock, Object: m.words(), Location: at(9), For: []finding.GoroutineName{"b"}},
		},
	}
	for n := range 3 + m.IntN(5) {
		in.Steps = append(in.Steps, finding.Step{Number: n + 1, Goroutine: finding.GoroutineName("abc"[n%3 : n%3+1]), Op: finding.OpLock, Object: m.words(), Location: m.place()})
	}
	last := &in.Steps[len(in.Steps)-1]
	last.Wrong, last.Why, last.Preempts = true, m.words(), true
	return in
}
