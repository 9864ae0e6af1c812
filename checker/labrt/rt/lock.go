package rt

import (
	"bytes"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"racelab/checker/labrt/wire"

	"github.com/sasha-s/go-deadlock"
)

// lockTimeout is how long a goroutine may wait for a lock before go-deadlock
// reports it, and patience how many times as long where it works hard. After a further hangGrace, in which the program may still recover,
// the run-time dumps all goroutines and exits.
const (
	lockTimeout = time.Second
	patience    = 5
	hangGrace   = time.Second
)

func init() {
	if !LockMode {
		return
	}
	deadlock.Opts.DeadlockTimeout = lockTimeout
	if config.Patient {
		deadlock.Opts.DeadlockTimeout *= patience
	}
	deadlock.Opts.LogBuf = &report
	deadlock.Opts.OnPotentialDeadlock = onReport
}

// report collects what go-deadlock prints. Reports are written under
// go-deadlock's own lock, but its callback for a time-out runs without it.
var report reportBuffer

type reportBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *reportBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *reportBuffer) take() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	defer b.buf.Reset()
	return b.buf.String()
}

// onReport is called by go-deadlock after each report, possibly with
// go-deadlock's lock held: it must not lock anything of go-deadlock's.
func onReport() {
	text := report.take()
	Emit(wire.Event{Event: wire.Report, Text: text})
	if strings.Contains(text, "Have been trying to lock") {
		hang.Do(func() { time.AfterFunc(hangGrace, Stuck) })
	}
}

var hang sync.Once

// maxCalls bounds how many distinct lock calls are recorded. For calls beyond it a
// finding has only the lines that go-deadlock prints.
const maxCalls = 5000

// maxDepth bounds recorded stacks; go-deadlock's own bound is 50.
const maxDepth = 50

type callKey struct {
	lock      string
	goroutine int
	stack     [maxDepth]uintptr
}

var (
	callsMu sync.Mutex
	calls   = map[callKey]bool{}
)

// NoteLock records the stack of a lock call: its true lines, beside the lines that
// go-deadlock would print. ptr is the lock that go-deadlock sees.
func NoteLock(ptr any) {
	key := callKey{lock: fmt.Sprintf("%p", ptr), goroutine: goroutineID()}
	n := runtime.Callers(2, key.stack[:])
	callsMu.Lock()
	known := calls[key] || len(calls) >= maxCalls
	if !known {
		calls[key] = true
	}
	callsMu.Unlock()
	if !known {
		Emit(wire.Event{Event: wire.Call, Lock: key.lock, Goroutine: key.goroutine, Stack: lines(key.stack[:n])})
	}
}

func lines(pcs []uintptr) []wire.CallFrame {
	var out []wire.CallFrame
	for i, pc := range pcs {
		frame, _ := runtime.CallersFrames(pcs[i : i+1]).Next()
		_, printed := runtime.FuncForPC(pc).FileLine(pc)
		out = append(out, wire.CallFrame{Function: frame.Function, File: frame.File, Line: frame.Line, Printed: printed - 1})
	}
	return out
}

// goroutineID reads the number from "goroutine 7 [running]:", the only place where
// the Go run-time tells it.
func goroutineID() int {
	var buf [64]byte
	text := strings.TrimPrefix(string(buf[:runtime.Stack(buf[:], false)]), "goroutine ")
	number, _, _ := strings.Cut(text, " ")
	id, _ := strconv.Atoi(number)
	return id
}
