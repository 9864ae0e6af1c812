package interleave

import (
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/report"
	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
)

const bank = `package bank

func transfer(from, to *account, n int) {
	from.mu.Lock()
	to.mu.Lock()
	to.done <- n
	atomic.AddInt64(&moved, 1)
}

func wait(c chan int, wg *sync.WaitGroup) {
	for range c {
	}
	select {
	case <-c:
	case quit <- 1:
	}
	wg.Wait()
}
`

var sources = finding.Sources{Dir: "/ws/bank", Editable: []string{"bank.go"}}

func at(function string, line int) []wire.CallFrame {
	return []wire.CallFrame{
		{Function: "racelab/checker/labrt/sync.(*Mutex).Lock", File: "/labrt/sync/sync.go", Line: 1},
		{Function: "bank." + function, File: "/ws/bank/bank.go", Line: line},
	}
}

// bothWays is the classic: b holds 1 and wants 2, c holds 2 and wants 1.
func bothWays() Record {
	return Record{
		Ending: wire.Ending{End: wire.Stuck},
		Steps: []wire.Explored{
			{G: 0, Op: wire.OpGo, Other: 1, Stack: at("run", 20)},
			{G: 0, Op: wire.OpGo, Other: 2, Stack: at("run", 21)},
			{G: 1, Step: 1, Op: wire.OpLock, Object: 1, Stack: at("transfer", 4)},
			{G: 2, Step: 2, Op: wire.OpLock, Object: 2, Stack: at("transfer", 4)},
		},
		Waits: []wire.Explored{
			{
				G: 1, Op: wire.OpLock, Object: 2, Stack: at("transfer", 5), Created: at("run", 20),
				Holds: []wire.Held{{Object: 1, Stack: at("transfer", 4)}},
			},
			{
				G: 2, Op: wire.OpLock, Object: 1, Stack: at("transfer", 5), Created: at("run", 21),
				Holds: []wire.Held{{Object: 2, Stack: at("transfer", 4)}},
			},
		},
	}
}

func names(r Record) Names {
	return NewNamer(sources, []*source.File{source.ParseFile("bank.go", []byte(bank))}).Names(r)
}

func TestDeadlockShowsWhoHoldsWhat(t *testing.T) {
	r := bothWays()
	found := r.Findings(names(r), sources)
	if len(found) != 1 || found[0].Kind != finding.Deadlock || found[0].Location.Line != 5 {
		t.Fatalf("got %+v", found)
	}
	var words []string
	for _, rel := range report.Words(found)[0].Related {
		words = append(words, rel.Message)
	}
	want := []string{
		"goroutine b waits here: lock from.mu #2, which c holds",
		"goroutine b holds from.mu #1 since here",
		"goroutine c waits here: lock from.mu #1, which b holds",
		"goroutine c holds from.mu #2 since here",
	}
	if diff := cmp.Diff(want, words); diff != "" {
		t.Error(diff)
	}
}

func TestInterleavingMarksWhereNobodyCanGoOn(t *testing.T) {
	r := bothWays()
	in := r.Interleaving("TestBoth", names(r), sources)
	lanes := []finding.Lane{
		{Name: "a", Function: "TestBoth"},
		{Name: "b", Function: "transfer", Started: finding.Location{File: "bank.go", Line: 20, Function: "run"}},
		{Name: "c", Function: "transfer", Started: finding.Location{File: "bank.go", Line: 21, Function: "run"}},
	}
	if diff := cmp.Diff(lanes, in.Goroutines); diff != "" {
		t.Error(diff)
	}
	last := in.Steps[len(in.Steps)-1]
	want := finding.Step{
		Number: 2, Goroutine: "c", Op: "lock", Object: "from.mu #2", Wrong: true, Fault: &finding.Fault{Kind: finding.FaultStuck},
		Location: finding.Location{File: "bank.go", Line: 4, Function: "transfer"},
	}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Error(diff)
	}
	if len(in.Left) != 2 || !cmp.Equal(in.Left[0].For, []finding.GoroutineName{"c"}) {
		t.Errorf("left: %+v", in.Left)
	}
}

func TestOtherEnds(t *testing.T) {
	waits := []wire.Explored{{G: 1, Op: wire.OpRecv, Object: 1, Stack: at("wait", 11)[1:]}}
	panics := []wire.CallFrame{{Function: "panic", File: "/go/panic.go", Line: 1}}
	tests := []struct {
		name    string
		record  Record
		kind    finding.Kind
		message string
	}{
		{"all ended", Record{Ending: wire.Ending{End: wire.AllEnded, Over: true}}, "", ""},
		{
			"left behind",
			Record{Ending: wire.Ending{End: wire.Stuck, Over: true, Left: 1}, Waits: waits},
			finding.GoroutineLeak, "a goroutine is still there after the test: it waits to receive from a channel",
		},
		{
			"too late",
			Record{Ending: wire.Ending{End: wire.TooLate}, Waits: waits},
			finding.Timeout, "a goroutine waits to receive from a channel at bank.go:11",
		},
		{
			"panic",
			Record{
				Ending: wire.Ending{End: wire.Crashed},
				Crash:  &wire.Explored{G: 1, Text: "send on closed channel", Stack: append(panics, at("transfer", 6)...)},
			},
			finding.Panic, "panic: send on closed channel",
		},
		{
			"fatal error",
			Record{
				Ending: wire.Ending{End: wire.Crashed},
				Crash:  &wire.Explored{G: 1, Text: "fatal error: sync: unlock of unlocked mutex", Stack: at("transfer", 6)},
			},
			finding.Panic, "fatal error: sync: unlock of unlocked mutex",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := tt.record.Findings(Names{}, sources)
			if tt.kind == "" {
				if len(found) != 0 {
					t.Errorf("got %v", found)
				}
				return
			}
			if len(found) != 1 || found[0].Kind != tt.kind || !strings.HasPrefix(report.Message(found[0]), tt.message) {
				t.Errorf("got %+v", found)
			}
		})
	}
}

func TestNamesAreTheProgramsOwn(t *testing.T) {
	step := func(op wire.Op, object, line int) wire.Explored {
		return wire.Explored{Op: op, Object: object, Stack: at("f", line)}
	}
	r := Record{Steps: []wire.Explored{
		step(wire.OpLock, 1, 4), step(wire.OpLock, 2, 5), step(wire.OpSend, 3, 6), step(wire.OpSwap, 4, 7),
		step(wire.OpRecv, 5, 11), step(wire.OpSelect, 6, 15), step(wire.OpWait, 7, 17), step(wire.OpLock, 8, 17),
	}}
	want := Names{1: "from.mu", 2: "to.mu", 3: "to.done", 4: "moved", 5: "c", 6: "quit", 7: "wg"}
	if diff := cmp.Diff(want, names(r)); diff != "" {
		t.Error(diff)
	}
}

func TestReadSorts(t *testing.T) {
	e := &wire.Explored{G: 1}
	r := Read([]wire.Event{
		{Event: wire.Begin},
		{Event: wire.Stepped, Explored: e},
		{Event: wire.Waited, Explored: e},
		{Event: wire.Waited, Explored: e},
		{Event: wire.Waits, Explored: e},
		{Event: wire.Crash, Explored: e},
	}, wire.Ending{End: wire.Crashed})
	if len(r.Steps) != 1 || len(r.Waited) != 2 || len(r.Waits) != 1 || r.Crash != e || r.Ending.End != wire.Crashed {
		t.Errorf("got %+v", r)
	}
}

// What races is called as the statement that changes it does, and not as a new variable
// that is made of it.
func TestNamesOfWhatRaces(t *testing.T) {
	const src = `package bank

func (a *account) deposit(n int) {
	old := a.balance
	a.balance = old + n
	a.changes++
}
`
	step := func(op wire.Op, object, line int) wire.Explored {
		return wire.Explored{Op: op, Object: object, Stack: at("deposit", line)}
	}
	r := Record{Steps: []wire.Explored{step(wire.OpRead, 1, 4), step(wire.OpWrite, 1, 5), step(wire.OpRead, 2, 6)}}
	got := NewNamer(sources, []*source.File{source.ParseFile("bank.go", []byte(src))}).Names(r)
	if diff := cmp.Diff(Names{1: "a.balance", 2: "a.changes"}, got); diff != "" {
		t.Error(diff)
	}
}
