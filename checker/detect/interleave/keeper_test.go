package interleave

import (
	"strings"
	"testing"

	"racelab/checker/labrt/wire"
	"racelab/checker/report"
)

// keptBy is the record of a schedule in which c took a lock with its calls, did more, and
// is not there any more, and b waits for that lock.
func keptBy(calls []wire.CallFrame, more ...wire.Explored) Record {
	r := bothWays()
	r.Waits = r.Waits[:1]
	r.Steps[3].Stack = calls
	r.Steps = append(r.Steps, more...)
	return r
}

// Nobody who is left holds the lock: who took it, and what became of that one, comes first.
func TestWhoKeepsALock(t *testing.T) {
	frame := func(function, file string, line int) wire.CallFrame {
		return wire.CallFrame{Function: "bank." + function, File: "/ws/bank/" + file, Line: line}
	}
	test := []wire.CallFrame{frame("run.func1", "bank_test.go", 40), frame("run", "bank_test.go", 42)}
	inTest := append(at("transfer", 4), test...)
	panics := append([]wire.CallFrame{{Function: "runtime.goPanicIndex", File: "/go/panic.go", Line: 1}, frame("transfer", "bank.go", 6)}, test...)
	ends := wire.Explored{G: 2, Op: wire.OpEnd}
	for name, c := range map[string]struct {
		record Record
		did    string // what the message says of it
		want   string // the role of the first place
		other  string // and of the second
	}{
		"ended": {
			keptBy(at("transfer", 4), ends),
			"and ended without unlocking it",
			"goroutine c locked from.mu #2 here, and nobody unlocks it",
			"goroutine b waits here: lock from.mu #2",
		},
		"returned": {
			keptBy(inTest, ends),
			"and returned from transfer without unlocking it",
			"goroutine c locked from.mu #2 here, and nobody unlocks it",
			"goroutine b waits here: lock from.mu #2",
		},
		"panicked": {
			keptBy(inTest, wire.Explored{G: 2, Op: wire.OpRecover, Text: "index out of range [7] with length 3", Stack: panics}, ends),
			"and panicked at bank.go:6 before it unlocked it",
			"goroutine c locked from.mu #2 here, and nobody unlocks it",
			"goroutine c panicked here, with from.mu #2 still locked: index out of range [7] with length 3",
		},
		"went on after a panic": {
			keptBy(inTest, wire.Explored{G: 2, Op: wire.OpRecover, Text: "no", Stack: panics}, wire.Explored{G: 2, Op: wire.OpLock, Object: 3, Stack: inTest}, ends),
			"and returned from transfer without unlocking it",
			"goroutine c locked from.mu #2 here, and nobody unlocks it",
			"goroutine b waits here: lock from.mu #2",
		},
		"a read lock": {
			keptBy(nil, wire.Explored{G: 2, Op: wire.OpRLock, Object: 2, Stack: inTest}, wire.Explored{G: 3, Op: wire.OpRLock, Object: 2, Stack: at("wait", 10)},
				wire.Explored{G: 3, Op: wire.OpRUnlock, Object: 2}, ends),
			"and returned from transfer without unlocking it",
			"goroutine c read-locked to.mu here, and nobody unlocks it",
			"goroutine b waits here: lock to.mu",
		},
		"a read lock that a writer waits for": {
			keptBy(nil, wire.Explored{G: 2, Op: wire.OpRLock, Object: 2, Stack: inTest}, wire.Explored{G: 1, Op: wire.OpLock, Object: 2, Text: "has to wait", Stack: at("wait", 10)}, ends),
			"and returned from transfer without unlocking it",
			"goroutine c read-locked to.mu here, and nobody unlocks it",
			"goroutine b waits here: lock to.mu",
		},
		"a function locks for others": {
			keptBy(append(at("lock", 20), inTest[1:]...),
				wire.Explored{G: 3, Op: wire.OpLock, Object: 3, Stack: append(at("lock", 20), inTest[1:]...)},
				wire.Explored{G: 3, Op: wire.OpUnlock, Object: 3, Stack: append(at("unlock", 21), inTest[1:]...)}, ends),
			"locked to.mu at bank.go:4 and returned from transfer without unlocking it",
			"goroutine c locked to.mu here, and nobody unlocks it",
			"goroutine b waits here: lock to.mu",
		},
		"another panic": {
			keptBy(inTest, wire.Explored{G: 2, Op: wire.OpRecover, Text: "no", Stack: test}, ends),
			"and returned from transfer without unlocking it",
			"goroutine c locked from.mu #2 here, and nobody unlocks it",
			"goroutine b waits here: lock from.mu #2",
		},
		"it was unlocked": {
			keptBy(inTest, wire.Explored{G: 2, Step: 3, Op: wire.OpUnlock, Object: 2, Stack: at("transfer", 6)}, ends),
			"a goroutine waits to lock a sync.Mutex at bank.go:5",
			"goroutine b waits here: lock from.mu #2",
			"goroutine b holds from.mu #1 since here",
		},
		"a TryLock that failed": {
			keptBy(inTest, wire.Explored{G: 1, Step: 3, Op: wire.OpTryLock, Object: 2, Text: "fails", Stack: at("wait", 10)}, ends),
			"and returned from transfer without unlocking it",
			"goroutine c locked from.mu #2 here, and nobody unlocks it",
			"goroutine b waits here: lock from.mu #2",
		},
	} {
		f := report.Words(c.record.Findings(names(c.record), sources))[0]
		if f.Related[0].Message != c.want || f.Related[1].Message != c.other || !strings.Contains(f.Message, c.did) || f.Location != f.Related[0].Location {
			t.Errorf("%s: at %v: %s\n%q\n%q, want\n%q\n%q", name, f.Location, f.Message, f.Related[0].Message, f.Related[1].Message, c.want, c.other)
		}
	}
}

// Whoever waits for itself comes before those who wait for it, and whoever waits elsewhere
// while it holds a lock, too.
func TestWhoKeepsALockAndWaits(t *testing.T) {
	twice := bothWays()
	twice.Waits[0].Object, twice.Waits[0].Stack = 1, at("transfer", 5)
	f := report.Words(twice.Findings(names(twice), sources))[0]
	k := f.Fact.Hang.Keeper
	if k == nil || !k.Fate.Self || k.Goroutine != "b" || k.Place.Line != 4 || f.Location.Line != 5 || len(k.Kept) != 1 {
		t.Errorf("twice: %+v", k)
	}
	if want := "goroutine b locked from.mu #1 at bank.go:4, and waits for that lock itself; goroutine c waits for it, too"; f.Message != want {
		t.Errorf("twice: %q, want %q", f.Message, want)
	}

	elsewhere := bothWays()
	callback := []wire.CallFrame{
		{Function: "bank_test.pay", File: "/ws/bank/bank_test.go", Line: 30}, {Function: "bank.transfer", File: "/ws/bank/bank.go", Line: 6},
	}
	elsewhere.Waits[0].Op, elsewhere.Waits[0].Object, elsewhere.Waits[0].Stack = wire.OpRecv, 3, callback
	f = report.Words(elsewhere.Findings(names(elsewhere), sources))[0]
	want := "goroutine b holds from.mu #1, locked at bank.go:4, and waits inside the call at bank.go:6 (to receive from a channel at bank_test.go:30) " +
		"until others get as far. They cannot: goroutine c waits for that lock at bank.go:5"
	if f.Message != want || f.Location.Line != 4 {
		t.Errorf("elsewhere: at line %d %q, want %q", f.Location.Line, f.Message, want)
	}

	circle := bothWays()
	if k := circle.Findings(names(circle), sources)[0].Fact.Hang.Keeper; k != nil {
		t.Errorf("in a circle nobody is to blame alone: %+v", k)
	}
}
