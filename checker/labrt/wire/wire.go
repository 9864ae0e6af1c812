// Package wire is what the checker and the run-time inside the learner's
// binary say to each other: the parent writes one Config to descriptor 3, the
// child answers with Events, one JSON object a line, on descriptor 4.
//
// The record, not the output or the exit status, tells what the tests did: only
// the run-time knows the descriptor, and every Event carries the nonce of the
// Config, which the run-time reads before any other code runs.
package wire

import "time"

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
	// Explore runs single tests under the controlled scheduler, as Jobs say.
	Explore Mode = "explore"
)

// Config is what one execution is told.
type Config struct {
	Mode  Mode   `json:"mode"`
	Nonce string `json:"nonce"`
	// Delays asks for short random waits before locks are taken, after they are
	// given back, and before atomics are used.
	Delays bool `json:"delays"`
	// Patient lets a goroutine wait for a lock five times as long before go-deadlock
	// reports it.
	Patient bool `json:"patient,omitempty"`
	// Visible lets the race detector see how the controlled scheduler hands over
	// the turn. That hides races: it serves to measure how many.
	Visible bool `json:"visible,omitempty"`
	// Mutant is the number of the one that a program with many of them is to be.
	Mutant int `json:"mutant,omitempty"`
	// Constants are what the program under test names in its source.
	Constants Constants `json:"constants,omitzero"`
}

// Constants are whole numbers, texts and times, each in order.
type Constants struct {
	Numbers []int64         `json:"numbers,omitempty"`
	Texts   [][]byte        `json:"texts,omitempty"`
	Times   []time.Duration `json:"times,omitempty"`
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

	// In explore mode, for each Job: with Detail what the test says (Begin to End)
	// and did (Stepped, Waited, Waits), then always how it ended.
	Stepped = "stepped" // Explored: one step
	Waits   = "waits"   // Explored: a goroutine that is left
	Waited  = "waited"  // Explored: a goroutine that waited when the last calls of a scenario began
	Crash   = "crash"   // Explored, Text, Stack: a panic or a fatal error
	Alive   = "alive"   // a long schedule goes on
	Ended   = "ended"   // Ending
	Listed  = "listed"  // Terms: what a job with Scenario ListTerms asks for
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
	Explored  *Explored   `json:"explored,omitempty"`
	Ending    *Ending     `json:"ending,omitempty"`
	Terms     *Terms      `json:"terms,omitempty"`
}

// Explored is one step of one goroutine, or what it waits for at the end.
type Explored struct {
	G       int         `json:"g"`
	Step    int         `json:"step"` // which of all steps, from 1; 0 when it was not chosen but follows from the one before
	Op      Op          `json:"op"`
	Object  int         `json:"object,omitempty"` // from 1
	Other   int         `json:"other,omitempty"`  // OpGo: the goroutine that was started
	Text    string      `json:"text,omitempty"`   // the value concerned
	Stack   []CallFrame `json:"stack,omitempty"`
	Created []CallFrame `json:"created,omitempty"` // Waits: where it was started
	Holds   []Held      `json:"holds,omitempty"`   // Waits: the locks that it holds
}

// Held is a lock that is held.
type Held struct {
	Object int         `json:"object"`
	Reads  bool        `json:"reads,omitempty"`
	Stack  []CallFrame `json:"stack,omitempty"` // where it was taken
}

// EndKind is how a schedule ended.
type EndKind string

// The ends of a schedule that the run-time tells of.
const (
	AllEnded EndKind = "ended"   // the test, and all goroutines
	Stuck    EndKind = "stuck"   // no goroutine is runnable, before the test has ended or after
	Crashed  EndKind = "crashed" // a panic or a fatal error
	TooLong  EndKind = "long"    // it took more steps than it may
	TooMuch  EndKind = "much"    // its trace takes more room than it may
	TooLate  EndKind = "late"    // its virtual clock has run too far
)

// Outside is what code that is not instrumented did, and the scheduler does not decide.
type Outside string

// What such code can do.
const (
	OutsideStarts Outside = "starts" // it started a goroutine that did operations of the program
	OutsideWaits  Outside = "waits"  // it made a goroutine of the program wait
	// Others are the parts of the world that package library knows.
	OutsideProcess    Outside = "process"
	OutsideDescriptor Outside = "descriptor"
	OutsideSignal     Outside = "signal"
)

// An Ending is what became of a Job.
type Ending struct {
	Job     int      `json:"job"`
	End     EndKind  `json:"end"`
	Steps   int      `json:"steps"`
	Missed  int      `json:"missed,omitempty"`  // picks that could not be followed
	Failed  bool     `json:"failed,omitempty"`  // the test has failed
	Skipped bool     `json:"skipped,omitempty"` // the test was skipped
	Over    bool     `json:"over,omitempty"`    // the test had returned
	Left    int      `json:"left,omitempty"`    // goroutines that are left
	Races   int      `json:"races,omitempty"`   // reports of the race detector
	Timed   bool     `json:"timed,omitempty"`   // some wait for timers, or could
	Drawn   bool     `json:"drawn,omitempty"`   // the job's Luck has decided something
	Outside Outside  `json:"outside,omitempty"` // what was not under control
	Virtual int64    `json:"virtual"`           // ns on the virtual clock until the test returned
	Shown   string   `json:"shown,omitempty"`   // digest of what the test observed and said
	History *History `json:"history,omitempty"` // of a scenario
	Trace   string   `json:"trace,omitempty"`
	Full    bool     `json:"full,omitempty"` // so much was left behind by schedules that this process should end

	// OutsideAt is the stack where what Outside says began, if it is known.
	OutsideAt []CallFrame `json:"outside_at,omitempty"`
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
