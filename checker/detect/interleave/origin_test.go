package interleave

import (
	"fmt"
	"slices"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// calls is a stack: "Draw:44" and those it was called by, the tests' with a line of 100 or more.
func calls(frames ...string) []wire.CallFrame {
	stack := []wire.CallFrame{{Function: "racelab/checker/labrt/sync.(*Mutex).Lock", File: "/labrt/sync/sync.go", Line: 1}}
	for _, f := range frames {
		var function string
		var line int
		for i, c := range f {
			if c == ':' {
				function = f[:i]
				fmt.Sscan(f[i+1:], &line)
			}
		}
		file := "/ws/bank/bank.go"
		if line >= 100 {
			file = "/ws/bank/bank_test.go"
		}
		stack = append(stack, wire.CallFrame{Function: "bank." + function, File: file, Line: line})
	}
	return stack
}

func does(g int, op wire.Op, text string, frames ...string) wire.Explored {
	return wire.Explored{G: g, Step: 1, Op: op, Object: 1, Text: text, Stack: calls(frames...)}
}

// briefly is an origin as "44 50 50 by c".
func briefly(o *finding.Origin) string {
	switch {
	case o == nil:
		return ""
	case o.Other == nil:
		return fmt.Sprintf("%s: %d, %d", o.Goroutine, o.First.Place.Line, o.Then.Place.Line)
	}
	return fmt.Sprintf("%s in %s: %d, %s: %d, %d", o.Goroutine, o.First.Place.Function, o.First.Place.Line, o.By, o.Other.Place.Line, o.Then.Place.Line)
}

func TestOriginOfASplitCall(t *testing.T) {
	const lock, read, write, load, swap = wire.OpLock, wire.OpRead, wire.OpWrite, wire.OpLoad, wire.OpSwap
	look := func(g int) wire.Explored { return does(g, lock, "", "Balance:27", "Draw:44", "run:100") }
	book := func(g int) wire.Explored { return does(g, lock, "", "book:56", "Draw:50", "run:100") }
	fails := wire.Explored{Op: wire.OpFail}
	for name, c := range map[string]struct {
		steps []wire.Explored
		want  string
	}{
		"check, then act":             {[]wire.Explored{look(1), look(2), book(2), book(1), fails}, "b in Draw: 44, c: 50, 50"},
		"nobody comes between":        {[]wire.Explored{look(1), book(1), look(2), book(2), fails}, ""},
		"a lock to wait with":         {[]wire.Explored{{G: 3, Op: wire.OpCondWait, Object: 2, Stack: calls("Draw:46")}, does(3, wire.OpUnlock, "", "Draw:46"), look(1), look(2), book(2), book(1), fails}, ""},
		"another lock to wait with":   {[]wire.Explored{{G: 3, Op: wire.OpCondWait, Object: 2, Stack: calls("Draw:46")}, {G: 3, Op: wire.OpUnlock, Object: 3, Stack: calls("Draw:46")}, look(1), look(2), book(2), book(1), fails}, "b in Draw: 44, c: 50, 50"},
		"the tests wait with it":      {[]wire.Explored{{G: 3, Op: wire.OpCondWait, Object: 2, Stack: calls("run:146")}, does(3, wire.OpUnlock, "", "run:146"), look(1), look(2), book(2), book(1), fails}, "b in Draw: 44, c: 50, 50"},
		"after the failure":           {[]wire.Explored{look(1), book(2), fails, book(1)}, ""},
		"in two calls":                {[]wire.Explored{book(1), book(2), look(1), fails}, ""},
		"in two calls of the tests'":  {[]wire.Explored{does(1, lock, "", "Balance:27", "run:101"), book(2), does(1, lock, "", "book:56", "run:102"), fails}, ""},
		"a loop":                      {[]wire.Explored{does(1, lock, "", "Draw:44", "run:100"), book(2), does(1, lock, "", "Draw:44", "run:100"), fails}, ""},
		"another object":              {[]wire.Explored{look(1), {G: 2, Object: 2, Op: lock, Stack: calls("Draw:50")}, book(1), fails}, ""},
		"it had to wait":              {[]wire.Explored{look(1), does(1, lock, "has to wait", "Draw:50", "run:100"), book(2), does(1, lock, "goes on", "Draw:50", "run:100"), fails}, "b in Draw: 44, c: 50, 50"},
		"one line reads and writes":   {[]wire.Explored{does(1, read, "1", "Deposit:18"), does(2, write, "2", "Deposit:18"), does(1, write, "2", "Deposit:18"), fails}, "b in Deposit: 18, c: 18, 18"},
		"it noticed":                  {[]wire.Explored{does(1, load, "3", "Update:41"), does(2, swap, "4", "Update:46"), does(1, swap, "fails", "Update:46"), fails}, ""},
		"the same code rather":        {[]wire.Explored{look(1), does(2, lock, "", "Close:70", "run:100"), book(1), look(1), book(2), book(1), fails}, "b in Draw: 44, c: 50, 50"},
		"what the tests do in a call": {[]wire.Explored{does(1, lock, "", "write:120", "Send:42", "run:100"), does(2, lock, "", "write:120", "Send:42", "run:100"), does(1, lock, "", "write:120", "Send:45", "run:100"), fails}, "b in Send: 42, c: 42, 45"},
	} {
		r := Record{Steps: c.steps}
		if got := briefly(r.Origin(true, Names{1: "a.mu"}, sources)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What the tests do in a call is no operation of the learner's.
func TestUsesOfTheTests(t *testing.T) {
	r := Record{Steps: []wire.Explored{
		does(1, wire.OpLock, "", "write:120", "Send:42", "run:100"), does(2, wire.OpLock, "", "write:120", "Send:42", "run:100"),
		does(1, wire.OpLock, "", "write:120", "Send:45", "run:100"),
	}}
	o := r.Origin(true, Names{1: "d.mu"}, sources)
	if o == nil || o.Object != "" || o.First.Op != "" || o.Other.Op != "" || o.Then.Op != "" {
		t.Errorf("%+v", o)
	}
}

// What a function starts and does not wait for begins when a test has failed.
func TestOriginOfALateGoroutine(t *testing.T) {
	starts := wire.Explored{G: 0, Op: wire.OpGo, Other: 1, Stack: calls("Deposit:22", "run:100")[1:]}
	waits := wire.Explored{G: 0, Op: wire.OpGo, Other: 1, Stack: calls("Serve:30", "run:100")[1:]}
	looks := does(0, wire.OpLock, "", "Balance:32", "run:101")
	fails := wire.Explored{G: 0, Op: wire.OpFail, Stack: calls("run:102")[1:]}
	adds := does(1, wire.OpLock, "", "add:44")
	elsewhere := wire.Explored{G: 1, Op: wire.OpLock, Object: 2, Stack: calls("add:44")}
	end := wire.Explored{G: 1, Op: wire.OpEnd}
	returns := wire.Explored{G: 0, Op: wire.OpReturn}
	for name, c := range map[string]struct {
		steps []wire.Explored
		want  string
	}{
		"it begins after the failure": {[]wire.Explored{starts, looks, fails, adds, end}, "a: 22, 44"},
		"after the last call":         {[]wire.Explored{starts, looks, returns, adds, end}, "a: 22, 44"},
		"it has begun":                {[]wire.Explored{starts, does(1, wire.OpUnlock, "", "add:43"), looks, fails, adds, end}, ""},
		"it never begins":             {[]wire.Explored{starts, looks, fails}, ""},
		"it does not end":             {[]wire.Explored{starts, looks, fails, adds}, ""},
		"it works for others":         {[]wire.Explored{starts, looks, fails, does(1, wire.OpRecv, "7", "carry:40"), adds, end}, ""},
		"it uses something else":      {[]wire.Explored{starts, looks, fails, elsewhere, end}, ""},
		"the function has not returned": {[]wire.Explored{
			waits, does(2, wire.OpLock, "", "Balance:32", "run:101"), does(0, wire.OpWait, "has to wait", "Serve:33", "run:100"),
			{G: 2, Op: wire.OpFail, Stack: calls("run:102")[1:]},
			adds, end,
		}, ""},
		"the tests start it": {[]wire.Explored{{G: 0, Op: wire.OpGo, Other: 1, Stack: calls("run:100")[1:]}, looks, fails, adds, end}, ""},
	} {
		o := Record{Steps: c.steps}.Origin(true, Names{1: "a.mu"}, sources)
		if got := briefly(o); got != c.want || o != nil && o.Kind != finding.OriginLate {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestOriginOfAClosedChannel(t *testing.T) {
	receives := func(text string) wire.Explored { return does(1, wire.OpRecv, text, "carry:36") }
	end := wire.Explored{G: 1, Op: wire.OpEnd}
	deliver := does(1, wire.OpLock, "", "deliver:120", "carry:37")
	panics := wire.Explored{G: 1, Op: wire.OpPanic, Stack: calls("carry:38")}
	race := wire.Explored{G: 1, Op: wire.OpRace}
	another := []wire.Explored{does(2, wire.OpRecv, "7", "carry:36"), does(2, wire.OpLock, "", "deliver:120", "carry:37")}
	counts := []wire.Explored{does(2, wire.OpRecv, "7", "carry:36"), does(2, wire.OpDone, "", "carry:38")}
	sent := func(before []wire.Explored, steps ...wire.Explored) []wire.Explored {
		return slices.Concat(before, steps)
	}
	for name, c := range map[string]struct {
		steps []wire.Explored
		want  string
	}{
		"goes on":              {sent(another, receives("closed"), deliver, wire.Explored{Op: wire.OpFail}), "b: 36, 37"},
		"crashes":              {sent(counts, receives("closed"), panics), "b: 36, 38"},
		"races":                {sent(another, receives("closed"), race, deliver), "b: 36, 37"},
		"waits for a signal":   {[]wire.Explored{receives("closed"), deliver, {Op: wire.OpFail}}, ""},
		"has noticed":          {sent(counts, receives("closed"), deliver, wire.Explored{Op: wire.OpFail}), ""},
		"ends":                 {[]wire.Explored{receives("closed"), end, panics}, ""},
		"says that it is done": {[]wire.Explored{receives("closed"), does(1, wire.OpDone, "", "carry:40"), deliver, panics}, ""},
		"something was sent":   {[]wire.Explored{receives("7"), deliver, panics}, ""},
		"a gate of the tests'": {[]wire.Explored{does(1, wire.OpRecv, "closed", "run:100"), deliver, panics}, ""},
		"after that":           {[]wire.Explored{race, receives("closed"), deliver}, ""},
	} {
		r := Record{Steps: c.steps}
		if got := briefly(r.Origin(false, Names{1: "r.queue"}, sources)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhoHadClosedTheChannel(t *testing.T) {
	closes := does(0, wire.OpClose, "", "Close:51", "run:100")
	for name, c := range map[string]struct {
		last wire.Explored
		want int // the line
	}{
		"closed again":     {does(1, wire.OpClose, "", "carry:36"), 51},
		"sent to":          {does(1, wire.OpSend, "", "carry:33"), 51},
		"something else":   {does(1, wire.OpDone, "", "carry:35"), 0},
		"another channel":  {wire.Explored{G: 1, Op: wire.OpClose, Object: 2, Stack: calls("carry:36")}, 0},
		"another one's op": {does(2, wire.OpClose, "", "carry:36"), 0},
	} {
		crash := wire.Explored{G: 1, Op: wire.OpPanic, Text: "close of closed channel", Stack: c.last.Stack}
		r := Record{Steps: []wire.Explored{closes, c.last, crash, {G: 1, Op: wire.OpEnd}}, Crash: &crash}
		got := 0
		for _, rel := range r.Findings(Names{1: "r.queue"}, sources)[0].Related {
			if rel.Role.Kind == finding.RoleClosed {
				got = rel.Line
			}
		}
		if got != c.want {
			t.Errorf("%s: at line %d, want %d", name, got, c.want)
		}
	}
}

func TestExplaining(t *testing.T) {
	names := Names{1: "a.mu", 2: "b.mu"}
	r := Record{Steps: []wire.Explored{
		does(1, wire.OpLock, "", "Draw:44", "run:100"),
		{G: 2, Object: 2, Op: wire.OpLock},
		does(2, wire.OpLock, "", "Draw:44", "run:100"),
		does(1, wire.OpLock, "", "Draw:50", "run:100"),
		{G: 1, Op: wire.OpRecover},
		{Op: wire.OpFail},
	}}
	kept := finding.Keeper{Goroutine: "b", Object: "a.mu", Holder: finding.Holder{Fate: finding.Fate{Panic: &finding.Panicked{}}}}
	for name, c := range map[string]struct {
		f    finding.Finding
		want []int
	}{
		"a kept lock":      {finding.Finding{Kind: finding.Deadlock, Fact: finding.Fact{Hang: &finding.Hang{Keeper: &kept}}}, []int{3, 4}},
		"a split call":     {finding.Finding{Kind: finding.WrongResult, Origin: r.Origin(true, names, sources)}, []int{0, 2, 3}},
		"nothing is known": {finding.Finding{Kind: finding.WrongResult}, nil},
	} {
		if got := r.Explaining(c.f, names, sources); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
