package finding

// Op is what a goroutine does in a step of a schedule, or waits to do. The text is
// what a report shows; others than these may occur.
type Op string

// The operations that are spoken of.
const (
	OpGo         Op = "go"
	OpEnd        Op = "end"
	OpCall       Op = "call"   // of a scenario
	OpReturn     Op = "return" // from it
	OpLock       Op = "lock"
	OpUnlock     Op = "unlock"
	OpTryLock    Op = "try lock"
	OpReadLock   Op = "read lock"
	OpWaitReader Op = "lock: wait for the readers" // a writer that has announced itself
	OpSend       Op = "send"
	OpReceive    Op = "receive"
	OpSelect     Op = "select"
	OpForever    Op = "select {}"
	OpWait       Op = "wait" // of a WaitGroup or a Cond
	OpOnce       Op = "once"
	OpSleep      Op = "sleep"
	OpRace       Op = "data race"
	OpRecover    Op = "panic, recovered"
	OpLibrary    Op = "library call"
	OpRead       Op = "read"  // of a line that races …
	OpWrite      Op = "write" // … and what follows it there
	OpUnseen     Op = "wait in code that is not instrumented"
)

// A Fault says, as data, why a step is where it goes wrong.
type Fault struct {
	Kind  FaultKind `json:"kind"`
	Count int       `json:"count,omitempty"` // FaultLeft: how many are left
	Text  string    `json:"text,omitempty"`  // FaultSaid: what a panic or a test said
	Fact  *Fact     `json:"fact,omitempty"`  // FaultFact: what came of it all
	// First and Second are the numbers of the steps that are the two accesses of a race, where
	// they are steps.
	First  int `json:"first,omitempty"`
	Second int `json:"second,omitempty"`
	// Perhaps is set where the first access may be an earlier step of its goroutine: that has
	// done the same before, and it is not known with which of several variables.
	Perhaps bool `json:"perhaps,omitempty"`
	// Conflict has the two accesses of a race, the earlier one first, where both are known.
	Conflict *Conflict `json:"conflict,omitempty"`
}

// FaultKind is the sort of fault.
type FaultKind string

// The faults.
const (
	FaultRace  FaultKind = "race"  // a data race is reported
	FaultSaid  FaultKind = "said"  // a panic, or a test that fails
	FaultStuck FaultKind = "stuck" // no goroutine can go on
	FaultLate  FaultKind = "late"  // the test still waits, long after
	FaultLeft  FaultKind = "left"  // the test has returned, and goroutines are left
	FaultFact  FaultKind = "fact"  // nothing before was wrong
)
