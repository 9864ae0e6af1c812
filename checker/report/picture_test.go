package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/report/webpage"
)

// crowd is how two hundred goroutines wait for the lock that one of them keeps.
func crowd() finding.Replay {
	at := finding.Location{File: "bank.go", Line: 14, Function: "(*Account).Deposit"}
	in := finding.Interleaving{Goroutines: []finding.Lane{{Name: "a", Function: "TestCrowd"}}}
	for i := range 200 {
		name := finding.GoroutineName(fmt.Sprintf("%c%c", 'a'+i/26, 'a'+i%26))
		in.Goroutines = append(in.Goroutines, finding.Lane{Name: name, Function: "crowd.func1", Started: balance})
		in.Steps = append(in.Steps,
			finding.Step{Goroutine: "a", Op: finding.OpGo, Object: string(name), Location: balance},
			finding.Step{Number: i + 1, Goroutine: name, Op: finding.OpLock, Object: "a.mu", Value: "has to wait", Location: at})
		in.Left = append(in.Left, finding.Waiting{Goroutine: name, Op: finding.OpLock, Object: "a.mu", Location: at, For: []finding.GoroutineName{"cc"}})
	}
	last := &in.Steps[len(in.Steps)-1]
	last.Wrong, last.Fault = true, &finding.Fault{Kind: finding.FaultStuck}
	return finding.Replay{Exercise: "01-x", Test: "TestCrowd", Schedule: "TestCrowd::3.a.b", Interleaving: in, Findings: []finding.Finding{{Kind: finding.Deadlock, Severity: finding.Error}}}
}

// Of very many goroutines most share a line, so that the page of them is of no great size; each
// step says whose it is.
func TestPictureOfACrowd(t *testing.T) {
	var out bytes.Buffer
	if err := ReplayHTML(&out, crowd(), Style{}, Context{}); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	const most = 400 << 10
	if len(page) > most {
		t.Errorf("the page has %d KiB", len(page)>>10)
	}
	for _, want := range []string{
		"There are too many goroutines for a line each. These share the last one: ak to hq.", "<b>gz</b> lock a.mu: has to wait", "<b>ak to hq</b> wait to lock a.mu",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
}

// Where it is not known which step the earlier access of a race is, none is marked, and no line
// is drawn from it.
func TestPictureOfAnAccessThatMayBeAnother(t *testing.T) {
	record := finding.Location{File: "toll.go", Line: 38, Function: "ledger.record"}
	write, read := finding.Access{Op: "write", Write: true, Place: record}, finding.Access{Op: "read", Place: record}
	race := &finding.Conflict{First: write, Second: &read}
	lock := func(who finding.GoroutineName, object string, op finding.Op) finding.Step {
		return finding.Step{Goroutine: who, Op: op, Object: object, Location: balance}
	}
	picture := func(perhaps bool, held string) (*webpage.Picture, string) {
		in := finding.Interleaving{
			Goroutines: []finding.Lane{{Name: "a", Function: "TestA"}, {Name: "b", Function: "TestA.func1", Started: balance}},
			Steps: []finding.Step{
				lock("a", "l.mu #1", finding.OpLock),
				{Number: 1, Goroutine: "a", Op: finding.OpWrite, Object: "l.lines[c]", Location: record},
				lock("a", "l.mu #1", finding.OpUnlock), lock("a", "l.mu #2", finding.OpLock),
				{Number: 2, Goroutine: "a", Op: finding.OpWrite, Object: "l.lines[c]", Location: record},
				lock("a", "l.mu #2", finding.OpUnlock), lock("b", held, finding.OpLock),
				{Number: 3, Goroutine: "b", Op: finding.OpRead, Object: "l.lines[c]", Location: record},
				{Goroutine: "b", Op: finding.OpRace, Location: record, Wrong: true, Fault: &finding.Fault{Kind: finding.FaultRace, First: 2, Second: 3, Perhaps: perhaps, Conflict: race}},
			},
		}
		f := finding.Finding{Kind: finding.DataRace, Fact: finding.Fact{Conflict: race}}
		f.Evidence.Goroutines = []finding.Goroutine{{ID: 1}, {ID: 2}}
		var text string
		for _, r := range newGrid(in.Steps, nil).Rows {
			text += r.Note + r.Why + "\n"
		}
		return view{}.picture(fillInterleaving(in), []finding.Finding{f}, nil), text
	}
	known, text := picture(false, "l.mu #3")
	if len(known.Edges) != 1 || known.Rows[4].Sort != webpage.Access || !strings.Contains(text, "and the write of goroutine a in step 2\n") {
		t.Errorf("known: %+v\n%s", known.Edges, text)
	}
	perhaps, text := picture(true, "l.mu #3")
	if len(perhaps.Edges) != 0 || perhaps.Rows[4].Sort == webpage.Access || !strings.Contains(text, "and a write of goroutine a, in step 2 or before\n") {
		t.Errorf("perhaps: %+v\n%s", perhaps.Edges, text)
	}
	one, _ := picture(true, "l.mu #1")
	for want, p := range map[string]*webpage.Picture{"a holds l.mu #2 there, and b l.mu #3: different locks.": known, "Each holds a lock there, but not the same one.": perhaps, "neither a lock nor a channel nor a wait.": one} {
		if len(p.Wrong) != 1 || !strings.HasSuffix(p.Wrong[0], want) {
			t.Errorf("got %q, want %s", p.Wrong, want)
		}
	}
}
