package diagram

import (
	"strings"

	"racelab/checker/finding"
)

// noStep stands for a step that there is none of.
const noStep = -1

// The operations that are looked at here alone; package finding has the others.
const (
	opReadUnlock finding.Op = "read unlock"
	opTryRead    finding.Op = "try read lock"
	opClose      finding.Op = "close"
	opAdd        finding.Op = "add"
	opDone       finding.Op = "done"
	opSignal     finding.Op = "signal"
	opBroadcast  finding.Op = "broadcast"
	opLoad       finding.Op = "load"
	opStore      finding.Op = "store"
	opUpdate     finding.Op = "update"
	opRead       finding.Op = "read"
	opWrite      finding.Op = "write"
	opFails      finding.Op = "test fails"
	opPanic      finding.Op = "panic"
	opTime       finding.Op = "time passes"
	opReports    finding.Op = "report to the test"
	opTestEnds   finding.Op = "the test ends"
)

// What a step says of how it went.
const (
	hasToWait = "has to wait"
	goesOn    = "goes on"
	closed    = "closed"
	fails     = "fails"
)

// blocks reports whether a step only begins an operation, which has to wait.
func blocks(s finding.Step) bool {
	return strings.HasSuffix(s.Value, hasToWait) || s.Op == finding.OpSleep && s.Value != goesOn
}

// valueOf is the value that a step tells; "" when it tells something else.
func valueOf(s finding.Step) string {
	v := strings.TrimSuffix(strings.TrimSuffix(s.Value, hasToWait), ", ")
	if s.Op == finding.OpSelect {
		v = strings.TrimPrefix(v, sent)
	}
	switch v {
	case goesOn, closed, fails, "default", "nobody waits":
		return ""
	}
	return v
}

// inTests reports whether a place is in the tests, or in no file of the exercise.
func inTests(l finding.Location) bool { return l.File == "" || strings.HasSuffix(l.File, "_test.go") }

// isAccess reports whether a step is a plain read or write, which orders nothing.
func isAccess(op finding.Op) bool { return op == opRead || op == opWrite }

// ordersNothing reports whether a step is no operation that other goroutines could meet in.
func ordersNothing(s finding.Step) bool {
	switch s.Op {
	case finding.OpGo, finding.OpEnd, finding.OpSleep, finding.OpRace, opTime, opFails, opPanic:
		return true
	}
	return isAccess(s.Op)
}

// takes reports whether a step takes a lock, and whether for reading.
func takes(s finding.Step) (reads, ok bool) {
	if blocks(s) || s.Object == "" {
		return false, false
	}
	switch s.Op {
	case finding.OpLock, finding.OpWaitReader:
		return false, true
	case finding.OpReadLock:
		return true, true
	case finding.OpTryLock:
		return false, s.Value != fails
	case opTryRead:
		return true, s.Value != fails
	}
	return false, false
}

// gives reports whether a step gives a lock back.
func gives(s finding.Step) bool {
	return s.Object != "" && (s.Op == finding.OpUnlock || s.Op == opReadUnlock)
}
