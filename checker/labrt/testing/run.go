package testing

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"racelab/checker/labrt/contract"
	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/wire"

	"github.com/petermattis/goid"
	"go.uber.org/goleak"
)

// InternalTest is a test and its name.
type InternalTest struct {
	Name string
	F    func(*T)
}

// Main runs the tests one after another, records what they do, and exits: with
// status 0 when none failed, else 1. In explore mode it runs the schedules that the
// parent asks for, of the tests and of the scenarios of the contract, if there is one.
func Main(tests []InternalTest, terms func() contract.Contract) {
	if rt.Exploring {
		one := testing.InternalTest{Name: "Explore", F: func(t *testing.T) { explore(t, tests, terms) }} // a bubble needs a T
		testing.Main(func(string, string) (bool, error) { return true, nil }, []testing.InternalTest{one}, nil, nil)
	}
	names := make([]string, len(tests))
	for i, test := range tests {
		names[i] = test.Name
	}
	rt.Emit(wire.Event{Event: wire.Start, Tests: names})
	status := 0
	for _, test := range tests {
		if !runTop(test) {
			status = 1
		}
	}
	rt.Emit(wire.Event{Event: wire.Done})
	os.Exit(status)
}

// runTop runs one test and looks for goroutines that it left behind.
func runTop(test InternalTest) (ok bool) {
	before := goleak.IgnoreCurrent()
	t := newT(test.Name, nil)
	t.run(test.F)
	leaked := ""
	// go-deadlock has goroutines of its own; leaks are found in race mode.
	if !rt.LockMode {
		leaked = leaks(before)
	}
	if leaked != "" {
		rt.Emit(wire.Event{Event: wire.Leak, Test: test.Name, Text: leaked})
	}
	return !t.Failed() && leaked == ""
}

// grace is how long a goroutine may outlive its test: half a second, as the
// exercises say, and what a busy machine may take beyond that. Once a leak is
// reported, the following tests get only what goleak takes by itself.
var grace = 750 * time.Millisecond

// patience is how many times goleak looks while a left goroutine is not blocked.
// Once all its attempts have failed, the following tests get one attempt each.
var patience = 5

// leaks returns goleak's report of goroutines that were started since before, or
// "". goleak itself waits some 400 ms for goroutines to end. A goroutine that is not
// blocked may just be slow, so it gets several times that.
func leaks(before goleak.Option) string {
	if stuck := stuckForEver(); stuck != "" {
		return stuck
	}
	start := time.Now()
	for attempts := 0; ; {
		err := goleak.Find(before)
		if err == nil {
			return ""
		}
		if stillMoving(err.Error()) {
			attempts++
			if attempts < patience {
				continue
			}
			patience = 1
		}
		if time.Since(start) >= grace {
			grace = 0
			return err.Error()
		}
	}
}

func stillMoving(report string) bool {
	for _, state := range []string{"running", "runnable", "sleep", "syscall", "IO wait"} {
		if strings.Contains(report, "in state "+state) {
			return true
		}
	}
	return false
}

func newT(name string, parent *T) *T {
	outer := context.Background()
	if parent != nil {
		outer = parent.ctx
	}
	t := &T{name: name, parent: parent, signal: make(chan bool, 1), barrier: make(chan bool)}
	t.ctx, t.cancel = context.WithCancel(outer)
	sched.Made(t.ctx)
	return t
}

// run runs a test natively, in a goroutine of its own, and waits for it.
func (t *T) run(f func(*T)) {
	t.start(f)
	for {
		select {
		case <-t.signal:
			return
		case <-time.After(stuckEvery):
			if isStuck(t.number.Load()) {
				rt.Stuck()
			}
		}
	}
}

// stuckEvery is how often it is looked whether a test that does not end ever can: where
// timers may be what it waits for, the parent would wait for long.
const stuckEvery = time.Second

func (t *T) start(f func(*T)) {
	report(wire.Event{Event: wire.Begin, Test: t.name})
	g := sched.Spawn()
	go func() {
		defer sched.Exit(sched.Enter(g))
		t.number.Store(goid.Get())
		t.runHere(f)
	}()
}

// runHere calls f and the cleanup functions. A panic ends the whole program, as it does
// everywhere; recover only distinguishes it from runtime.Goexit, which FailNow uses.
func (t *T) runHere(f func(*T)) {
	t.own = sched.Self()
	returned := false
	defer func() {
		if r := recover(); r != nil {
			panic(r)
		}
		goesOn := t.ended(returned)
		t.joinSubtests()
		t.end()
		if t.parent != nil || !rt.Exploring { // else nobody waits
			sched.Sender(t.signal)(goesOn)
		}
	}()
	f(t)
	returned = true
}

// ended notes how the test's function has ended: by returning or by Goexit. It reports
// whether the parent goes on.
func (t *T) ended(returned bool) (goesOn bool) {
	if returned || t.state.get(&t.state.finished) {
		return true
	}
	for p := t.parent; p != nil; p = p.parent {
		if p.state.get(&p.state.finished) {
			t.message(true, "the subtest's goroutine has ended, perhaps because it called FailNow of its parent")
			t.Fail()
			return false
		}
	}
	t.message(true, "the test's goroutine was ended by runtime.Goexit")
	t.Fail()
	return true
}

func (t *T) end() {
	sched.Canceling(t.cancel)
	t.cleanUp()
	t.finishes()
	report(wire.Event{Event: wire.End, Test: t.name, Failed: t.Failed(), Skipped: t.Skipped()})
	t.state.set(&t.state.done)
}

func (t *T) cleanUp() {
	for f := t.state.takeCleanup(); f != nil; f = t.state.takeCleanup() {
		t.guard(<-f)
	}
}

// guard calls f, a cleanup function, in a new goroutine and waits for it, so that
// FailNow ends f alone.
func (t *T) guard(f func()) {
	done := make(chan struct{})
	g := sched.Spawn()
	go func() {
		defer sched.Exit(sched.Enter(g))
		returned := false
		defer func() {
			if r := recover(); r != nil {
				panic(r)
			}
			t.ended(returned)
			sched.Close(done)
		}()
		f()
		returned = true
	}()
	sched.Recv(done)
}
