package finding

// Op is what a goroutine does in a step of a schedule, or waits to do. The text is
// what a report shows; others than these may occur.
type Op string

// The operations that are spoken of.
const (
	OpGo         Op = "go"
	OpEnd        Op = "end"
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
	OpLibrary    Op = "library call"
	OpUnseen     Op = "wait in code that is not instrumented"
)

// A Fault says, as data, why a step is where it goes wrong.
type Fault struct {
	Kind  FaultKind `json:"kind"`
	Count int       `json:"count,omitempty"` // FaultLeft: how many are left
	Text  string    `json:"text,omitempty"`  // FaultSaid: what a panic or a test said
	Fact  *Fact     `json:"fact,omitempty"`  // FaultFact: what came of it all
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
