package finding

import "time"

// A Fact is what a finding says, as data: package report puts it into words. One
// of its fields is set; none in what an older racelab recorded, which had words
// alone.
type Fact struct {
	Conflict   *Conflict   `json:"conflict,omitempty"`   // data-race: two accesses
	Hang       *Hang       `json:"hang,omitempty"`       // deadlock, timeout, goroutine-leak: who waits where
	Leftover   *Leftover   `json:"leftover,omitempty"`   // goroutine-leak
	Crash      *Crash      `json:"crash,omitempty"`      // panic; data-race of a map that the run-time noticed
	Relock     *Relock     `json:"relock,omitempty"`     // recursive-lock
	Orders     *Orders     `json:"orders,omitempty"`     // lock-order
	LongWait   *LongWait   `json:"long_wait,omitempty"`  // deadlock, as go-deadlock sees it
	Breach     *Breach     `json:"breach,omitempty"`     // policy
	Failure    *Failure    `json:"failure,omitempty"`    // wrong-result: what a test said
	Difference *Difference `json:"difference,omitempty"` // wrong-result: not the reference's
	Slower     *Slower     `json:"slower,omitempty"`     // lost-concurrency
	Answer     *Answer     `json:"answer,omitempty"`     // wrong-result, deadlock, lost-concurrency: of a call in a scenario
	Exit       *Exit       `json:"exit,omitempty"`       // panic: the program ended itself
	NoEnd      *NoEnd      `json:"no_end,omitempty"`     // timeout
	Quotation  *Quotation  `json:"quotation,omitempty"`  // build, vet: what a tool said
}

// A Conflict is a data race. Of the second access nothing may be known.
type Conflict struct {
	First  Access  `json:"first"`
	Second *Access `json:"second,omitempty"`
}

// An Access is one of the two of a data race.
type Access struct {
	Op     AccessOp  `json:"op"`
	Write  bool      `json:"write,omitempty"`
	Place  Location  `json:"place"`
	Exact  Exactness `json:"exact"`
	Inside string    `json:"inside,omitempty"` // the function, called at Place, that made it, in words
	// By is the goroutine that made it, by the race detector's number.
	By       GoroutineName `json:"by,omitempty"`
	Previous bool          `json:"previous,omitempty"` // it was the earlier one
}

// InsideGiven is what Inside says of a function that the tests have passed in, such as a
// callback.
const InsideGiven = "a function that it was given"

// Given reports whether the access is in a function that the tests have passed in.
func (a *Access) Given() bool { return a != nil && a.Inside == InsideGiven }

// AccessOp is what an access is part of.
type AccessOp string

// The operations that race.
const (
	AccessRead        AccessOp = "read"
	AccessWrite       AccessOp = "write"
	AccessAtomicRead  AccessOp = "atomic read"
	AccessAtomicWrite AccessOp = "atomic write"
	AccessMapRead     AccessOp = "map read"
	AccessMapWrite    AccessOp = "map write"
	AccessClose       AccessOp = "close of a channel"
	AccessSend        AccessOp = "send to a channel"
	AccessGroupAdd    AccessOp = "WaitGroup.Add"
	AccessGroupWait   AccessOp = "WaitGroup.Wait"
)

// Exactness says how the place of an access was found.
type Exactness string

// The kinds of place.
const (
	Nowhere     Exactness = "nowhere"   // it is not known, or not in the exercise
	AtLine      Exactness = "line"      // the line makes the access, or calls into a library for it
	InCall      Exactness = "call"      // the line calls the function that makes it
	InGoroutine Exactness = "goroutine" // the line starts the goroutine that makes it
)

// A Hang is goroutines that do not go on. Left are those that a test has left behind.
type Hang struct {
	Groups []Waiters `json:"groups"`         // the most telling first
	More   int       `json:"more,omitempty"` // goroutines in further groups
	Left   bool      `json:"left,omitempty"`
	Keeper *Keeper   `json:"keeper,omitempty"` // whom it comes of, where exploring has seen that
}

// A Keeper is a goroutine of a schedule that took a lock for which others wait, and
// that does not give it back.
type Keeper struct {
	Goroutine GoroutineName `json:"goroutine"`
	Object    string        `json:"object,omitempty"` // the lock, as the program calls it
	Holder
	Kept []GoroutineName `json:"kept,omitempty"` // the others, who wait for it …
	At   Location        `json:"at,omitzero"`    // … the first of them here
	// Again is where it waits for that lock itself, if it does. On the very line that took
	// it, no call of its own leads there: an unlock was left out on the way.
	Again Location `json:"again,omitzero"`
}

// Waiters are goroutines that do the same at one place.
type Waiters struct {
	Count int `json:"count"`
	Spot
}

// A Spot is where a goroutine is and what it does there.
type Spot struct {
	Place Location `json:"place"`
	Doing Doing    `json:"doing"`
	// Deeper is where it really is when the line at Place only calls that: a
	// function of the tests, as a callback. Otherwise it is the zero Location.
	Deeper Location `json:"deeper,omitzero"`
}

// A Doing is what a goroutine does, as a dump tells it.
type Doing struct {
	Verb   Verb   `json:"verb"`
	Wait   Wait   `json:"wait,omitempty"`   // what it waits for
	State  string `json:"state,omitempty"`  // the run-time's own word, where Wait is not known
	Inside string `json:"inside,omitempty"` // the function in which it waits, "io.(*PipeReader).Read"
	In     string `json:"in,omitempty"`     // the function in which it runs, where no line is known
}

// Verb is the sort of thing that a goroutine does.
type Verb string

// The verbs.
const (
	Waits  Verb = "wait"
	Sleeps Verb = "sleep"
	Runs   Verb = "run"
)

// Wait is what a goroutine in a dump waits for.
type Wait string

// What goroutines wait for.
const (
	WaitReceive    Wait = "receive"
	WaitReceiveNil Wait = "receive from nil"
	WaitSend       Wait = "send"
	WaitSendNil    Wait = "send to nil"
	WaitSelect     Wait = "select"
	WaitForever    Wait = "select {}"
	WaitSemaphore  Wait = "semaphore"
	WaitMutex      Wait = "Mutex.Lock"
	WaitWrite      Wait = "RWMutex.Lock"
	WaitRead       Wait = "RWMutex.RLock"
	WaitGroup      Wait = "WaitGroup.Wait"
	WaitCond       Wait = "Cond.Wait"
	WaitOnce       Wait = "Once.Do"
	WaitBubble     Wait = "synctest.Run"
	WaitSynctest   Wait = "synctest.Wait"
	WaitIterator   Wait = "iterator"
	WaitInput      Wait = "input or output"
	WaitSystem     Wait = "operating system"
)

// A Leftover is goroutines that are still there after their test.
type Leftover struct {
	Count   int    `json:"count"`
	Starter string `json:"starter,omitempty"` // the function outside the exercise that started them; "" when they have a place in it
	Outside bool   `json:"outside,omitempty"` // nothing of them is in the exercise
	Doing   Doing  `json:"doing"`
}

// A Crash is a panic or a fatal error, and what followed while it was handled.
type Crash struct {
	Fatal  bool    `json:"fatal,omitempty"`
	Map    bool    `json:"map,omitempty"` // the run-time saw goroutines use a map at the same time
	Causes []Cause `json:"causes"`
}

// A Cause is what one panic said, or of which type its value was.
type Cause struct {
	Text string `json:"text,omitempty"`
	Type string `json:"type,omitempty"`
}

// A Taking is where a lock was taken.
type Taking struct {
	Place Location `json:"place"`
	Reads bool     `json:"reads,omitempty"` // for reading
}

// A Relock is a lock that one goroutine takes again.
type Relock struct {
	Held  Taking `json:"held"`
	Again Taking `json:"again"`
}

// Orders are two orders in which two locks are taken. Where the places are the
// same, Calls are those that led there, one of each order, if they are known.
type Orders struct {
	One   Order      `json:"one"`
	Other Order      `json:"other"`
	Calls []Location `json:"calls,omitempty"`
	// Alone is set when a single goroutine took the locks in both orders.
	Alone bool `json:"alone,omitempty"`
}

// An Order is where two locks are taken, the second while the first is held.
type Order struct {
	First  Location `json:"first"`
	Second Location `json:"second"`
}

// A LongWait is a goroutine that has waited for a lock for longer than go-deadlock
// allows.
type LongWait struct {
	Waited string   `json:"waited"` // as go-deadlock prints it, "1s"
	Place  Location `json:"place"`
	Holder Holder   `json:"holder"`
	More   int      `json:"more,omitempty"` // goroutines that hold it too
}

// A Holder is a goroutine that holds a lock, where it took it, and what became of it.
type Holder struct {
	Taking
	Fate Fate `json:"fate,omitzero"`
}

// Fate is what became of a goroutine that holds a lock, as far as it is known.
type Fate struct {
	Self  bool      `json:"self,omitempty"`  // it is the one that waits
	Ended bool      `json:"ended,omitempty"` // it has ended
	Left  string    `json:"left,omitempty"`  // the function that took the lock and that it has left
	Now   *Spot     `json:"now,omitempty"`   // what it does now
	Panic *Panicked `json:"panic,omitempty"` // that it recovered from after it had taken the lock
}

// Panicked is a panic that somebody has recovered from.
type Panicked struct {
	Text  string   `json:"text"`
	Place Location `json:"place"`
}

// Gone reports whether it will not unlock.
func (f Fate) Gone() bool { return f.Ended || f.Left != "" || f.Panic != nil }

// A Failure is what a test said.
type Failure struct {
	Test string `json:"test"`
	Text string `json:"text"`
}

// A Difference is a test that observed what the reference solution never shows.
type Difference struct {
	Test string `json:"test"`
}

// A Slower is a test that takes longer than it does of the reference solution, on
// the virtual clock.
type Slower struct {
	Test      string        `json:"test"`
	Took      time.Duration `json:"took_ns"`
	Reference time.Duration `json:"reference_ns"`
}

// An Exit is a program that ended itself before its tests were done.
type Exit struct {
	Test   string `json:"test,omitempty"` // during which, if it is known
	Status int    `json:"status"`
}

// A NoEnd is a program that did not end, and nothing shows why.
type NoEnd struct {
	Test   string `json:"test,omitempty"` // during which, if it is known
	Prints bool   `json:"prints,omitempty"`
}

// A Quotation is what a tool says about the source.
type Quotation struct {
	Text     string   `json:"text"`
	Details  []string `json:"details,omitempty"`
	Chain    []string `json:"chain,omitempty"` // of an import cycle, from package to package
	Analyzer string   `json:"analyzer,omitempty"`
	Linking  bool     `json:"linking,omitempty"` // each file is right, and no program comes of them
}

// SamePlaces reports whether both orders take the locks at the same places.
func (o Orders) SamePlaces() bool {
	return placeOf(o.One.First) == placeOf(o.Other.First) && placeOf(o.One.Second) == placeOf(o.Other.Second)
}

// OnlyReads reports whether the lock was taken for reading both times.
func (r *Relock) OnlyReads() bool { return r != nil && r.Held.Reads && r.Again.Reads }
