// Package lockorder reads the reports of go-deadlock (v0.3.9): a goroutine
// takes a lock that it holds, two locks are taken in both orders, a lock was
// waited for too long. It turns them into findings.
//
// go-deadlock prints wrong lines: that of each call's return address, minus
// one, which is the line of the call, the one before it, or any other line. Nor
// can the true line be computed from it. So a Report has no lines of its own;
// Correct takes them from the calls of Lock that racelab's run-time recorded.
//
// It does not promise that a report is a defect: go-deadlock also reports two
// orders under a common third lock or in a single goroutine, and a second read
// lock with no writer about. Which of them matter, an exercise's rubric says.
package lockorder

import (
	"strings"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// A Report is one report of go-deadlock.
type Report struct {
	// Kind is RecursiveLock, LockOrder or Deadlock.
	Kind finding.Kind
	// Takes are the acquisitions it is about. RecursiveLock: the lock being
	// taken first, and again. LockOrder: a first and a second lock, and then the
	// second lock before the first. Deadlock: those who hold the lock, and last
	// the one who waits for it. There are fewer when the report was cut short.
	Takes []Take
	// Waited is for how long at least the last of Takes had waited, as go-deadlock
	// prints it: "1s". Deadlock only.
	Waited string
	// Others are the other locks that were held at the time, by any goroutine.
	Others []Take
	// Now is what the holders were doing, with true lines. Deadlock only.
	Now []gostack.Goroutine

	raw []string
	// The stack of the goroutine that waits has ended; and so has what follows it
	// about the holders.
	stackEnded, whole bool
}

// A Take is one acquisition of a lock, finished or not.
type Take struct {
	// Goroutine and Lock, an address, are 0 and "" where go-deadlock does not
	// print them and Correct could not tell.
	Goroutine int
	Lock      string
	// Method is what was called: "(*Mutex).Lock", "(*RWMutex).RLock".
	Method string
	// Stack has the innermost frame first and begins with the caller of Lock.
	Stack []Frame
	// Ended means that its goroutine was gone when the lock was found to be held.
	// It is never set for those of whom a report does not tell. Deadlock only.
	Ended bool
}

// Reads reports whether the lock was taken for reading.
func (t Take) Reads() bool { return strings.HasSuffix(t.Method, "RLock") }

// A Frame is one call. Until Correct has found it, Function and File are as
// go-deadlock prints them ("bank.(*Account).Deposit", relative to the working
// directory or to "~") and Line is 0.
type Frame struct {
	finding.Frame
	Printed int // the line that go-deadlock printed: do not show it to anybody

	raw            int    // index of its line in Report.raw
	file, function string // as printed
}

// A Call is one call of Lock or RLock as the run-time recorded it.
type Call struct {
	// Lock is the address of go-deadlock's lock as %p prints it.
	Lock      string
	Goroutine int
	// Frames has the innermost first; the run-time's own may come before.
	Frames []CallFrame
}

// A CallFrame has both the true line and the one that go-deadlock prints.
type CallFrame = wire.CallFrame

// Text is the report as go-deadlock printed it, but for its lines: those of
// frames that Correct has found are right, and the others are left out, as are
// the snippets of source, which are of the wrong lines.
func (r Report) Text() string {
	lines := append([]string(nil), r.raw...)
	for _, takes := range [][]Take{r.Takes, r.Others} {
		for _, t := range takes {
			for _, f := range t.Stack {
				lines[f.raw] = f.text()
			}
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
