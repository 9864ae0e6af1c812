// Package testing stands in for the standard library's testing in the tests of
// an exercise. The methods and their meaning are the same, but a test's reports go
// to the record, where the code under test cannot forge them.
//
// It does not promise all of testing: no benchmarks, no flags. Tests are not parallel
// to each other, subtests are.
package testing

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/wire"
)

// TB is what T offers to helpers.
type TB interface {
	Attr(key, value string)
	Chdir(dir string)
	Cleanup(func())
	Context() context.Context
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Setenv(key, value string)
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	TempDir() string
}

var _ TB = (*T)(nil)

// A T is one test.
type T struct {
	name   string
	parent *T
	ctx    context.Context
	cancel context.CancelFunc
	state  state
	own    *sched.G     // its goroutine, while exploring …
	number atomic.Int64 // … and the number of that, where it has one of its own

	signal       chan bool // to the parent: it may go on, or must end; also sent by Parallel
	barrier      chan bool // closed when the parallel subtests may go on
	parallel     []*T      // these subtests
	isParallel   bool
	denyParallel bool
}

// Name returns the test's name. A subtest's name begins with its parent's.
func (t *T) Name() string { return t.name }

// Context is cancelled just before the test's cleanup functions are called.
func (t *T) Context() context.Context {
	sched.UsesContexts()
	return t.ctx
}

// Helper marks the calling function as a helper: messages name its caller's line.
func (t *T) Helper() {
	var pc [1]uintptr
	if runtime.Callers(2, pc[:]) == 0 {
		return
	}
	frame, _ := runtime.CallersFrames(pc[:]).Next()
	t.state.addHelper(frame.Function)
}

// Attr records an observation.
func (t *T) Attr(key, value string) {
	report(wire.Event{Event: wire.Attr, Test: t.name, Key: key, Text: value})
}

// Cleanup registers f to be called when the test and its subtests have ended,
// last registered first.
func (t *T) Cleanup(f func()) {
	registered := make(chan func(), 1)
	registered <- f
	t.state.addCleanup(registered)
}

// TempDir returns a new folder that is removed when the test has ended.
func (t *T) TempDir() string {
	dir, err := os.MkdirTemp("", "test-*")
	if err != nil {
		t.Fatalf("TempDir: %v", err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// Fail marks the test and its parents as failed. It panics when the test has ended.
func (t *T) Fail() {
	t.reports()
	t.fail()
}

func (t *T) fail() {
	if t.parent != nil {
		t.parent.fail()
	}
	if !t.state.fail() {
		panic("Fail in goroutine after " + t.name + " has completed")
	}
}

// FailNow marks the test as failed and ends its goroutine.
func (t *T) FailNow() {
	t.reports()
	t.failNow()
}

func (t *T) failNow() {
	t.fail()
	t.state.set(&t.state.finished)
	runtime.Goexit()
}

// Failed reports whether the test has failed.
func (t *T) Failed() bool { return t.state.get(&t.state.failed) }

// SkipNow marks the test as skipped and ends its goroutine.
func (t *T) SkipNow() {
	t.state.set(&t.state.skipped)
	t.state.set(&t.state.finished)
	runtime.Goexit()
}

// Skipped reports whether the test was skipped.
func (t *T) Skipped() bool { return t.state.get(&t.state.skipped) }

// Log records a message.
func (t *T) Log(args ...any) { t.message(false, sprintln(args)) }

// Logf records a message.
func (t *T) Logf(format string, args ...any) { t.message(false, fmt.Sprintf(format, args...)) }

// Error is Log and Fail.
func (t *T) Error(args ...any) { t.message(true, sprintln(args)); t.fail() }

// Errorf is Logf and Fail.
func (t *T) Errorf(format string, args ...any) {
	t.message(true, fmt.Sprintf(format, args...))
	t.fail()
}

// Fatal is Log and FailNow.
func (t *T) Fatal(args ...any) { t.message(true, sprintln(args)); t.failNow() }

// Fatalf is Logf and FailNow.
func (t *T) Fatalf(format string, args ...any) {
	t.message(true, fmt.Sprintf(format, args...))
	t.failNow()
}

// Skip is Log and SkipNow.
func (t *T) Skip(args ...any) { t.message(false, sprintln(args)); t.SkipNow() }

// Skipf is Logf and SkipNow.
func (t *T) Skipf(format string, args ...any) {
	t.message(false, fmt.Sprintf(format, args...))
	t.SkipNow()
}

func sprintln(args []any) string { return strings.TrimSuffix(fmt.Sprintln(args...), "\n") }

// message records text with the stack of the test's line, without helpers. Only the
// exported methods that a test calls may call it, because it skips a fixed number
// of frames.
func (t *T) message(failed bool, text string) {
	t.reports()
	if !t.isOpen() {
		panic("Log in goroutine after " + t.name + " has completed: " + text)
	}
	if !t.state.countMessage() {
		return
	}
	e := wire.Event{Event: wire.Message, Test: t.name, Text: text, Failed: failed}
	if wantsStacks() {
		e.Stack = stackOf(t.allHelpers())
	}
	if failed {
		sched.Remark(wire.OpFail, text)
	}
	report(e)
}

// isOpen reports whether the test, or one that it belongs to, has not ended.
func (t *T) isOpen() bool {
	for ; t != nil; t = t.parent {
		if !t.state.get(&t.state.done) {
			return true
		}
	}
	return false
}

// stackOf is the stack of the test's line, from the exported method's caller on.
func stackOf(helpers []string) []wire.CallFrame {
	var pcs [32]uintptr
	n := runtime.Callers(4, pcs[:])
	var stack []wire.CallFrame
	for frames := runtime.CallersFrames(pcs[:n]); ; {
		f, more := frames.Next()
		if len(stack) > 0 || !slices.Contains(helpers, f.Function) {
			stack = append(stack, wire.CallFrame{Function: f.Function, File: f.File, Line: f.Line})
		}
		if !more {
			return stack
		}
	}
}

// allHelpers returns the helpers of t and its parents.
func (t *T) allHelpers() []string {
	var names []string
	for ; t != nil; t = t.parent {
		for h := t.state.firstHelper(); h != nil; h = h.next {
			names = append(names, h.function)
		}
	}
	return names
}
