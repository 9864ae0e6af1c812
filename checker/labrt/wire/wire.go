// Package wire is what the checker and the run-time inside the learner's
// binary say to each other: the parent writes one Config to descriptor 3, the
// child answers with Events, one JSON object a line, on descriptor 4.
//
// The record, not the output or the exit status, tells what the tests did: only
// the run-time knows the descriptor, and every Event carries the nonce of the
// Config, which the run-time reads before any other code runs.
package wire

// Descriptors that the child inherits.
const (
	ConfigFD = 3
	RecordFD = 4
)

// Exit statuses of the run-time's own; the tests' are 0 and 1.
const (
	ExitStuck = 124 // it was stuck, or was asked what it does, and has recorded that
	ExitFault = 125 // the run-time itself could not work
)

// Mode is how the binary runs its tests.
type Mode string

// The modes.
const (
	Race Mode = "race" // natively, with plain sync primitives and goleak after every test
	Lock Mode = "lock" // sync.Mutex and sync.RWMutex are go-deadlock's
)

// Config is what one execution is told.
type Config struct {
	Mode  Mode   `json:"mode"`
	Nonce string `json:"nonce"`
	// Delays asks for short random waits before locks are taken, after they are
	// given back, and before atomics are used.
	Delays bool `json:"delays"`
}

// The kinds of Event, in the order in which they can occur.
const (
	Start   = "start"   // Tests: the tests that will run
	Begin   = "begin"   // Test
	Message = "message" // Test, Text, Stack; Failed when it was an Error or a Fatal
	Attr    = "attr"    // Test, Key, Text
	Leak    = "leak"    // Test, Text: what goleak said
	End     = "end"     // Test, Failed, Skipped
	Call    = "call"    // Lock, Goroutine, Calls: a distinct lock call (lock mode)
	Report  = "report"  // Text: a report of go-deadlock
	Hang    = "hang"    // Text: all goroutines, when asked or some time after a lock timed out
	Done    = "done"    // all tests have ended
)

// An Event is one line of the record.
type Event struct {
	Nonce     string      `json:"nonce"`
	Event     string      `json:"event"`
	Tests     []string    `json:"tests,omitempty"`
	Test      string      `json:"test,omitempty"`
	Key       string      `json:"key,omitempty"`
	Text      string      `json:"text,omitempty"`
	Failed    bool        `json:"failed,omitempty"`
	Skipped   bool        `json:"skipped,omitempty"`
	Stack     []CallFrame `json:"stack,omitempty"`
	Lock      string      `json:"lock,omitempty"` // address as %p prints it
	Goroutine int         `json:"goroutine,omitempty"`
}

// A CallFrame is one frame of a stack, innermost first. Printed is the line
// that go-deadlock prints for it, which is one less than that of the return
// address and therefore often wrong.
type CallFrame struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Printed  int    `json:"printed,omitempty"`
}
