package testing

import (
	"runtime"
	"strings"

	"racelab/checker/labrt/sched"
)

// Run runs f as a subtest and reports whether it passed. It waits until f has ended or
// has called Parallel.
func (t *T) Run(name string, f func(*T)) bool {
	t.reports()
	sub := newT(t.name+"/"+strings.ReplaceAll(name, " ", "_"), t)
	if !t.state.beginSubtest() {
		panic("testing: t.Run called after " + t.name + " has completed")
	}
	sub.start(f)
	goesOn := sched.Recv(sub.signal)
	t.state.endSubtest()
	if !goesOn {
		runtime.Goexit() // the subtest has called FailNow of t
	}
	return !sub.Failed()
}

// parallelConflict is what package testing says.
const parallelConflict = "testing: test using t.Setenv, t.Chdir, or cryptotest.SetGlobalRandom can not use t.Parallel"

// Parallel lets a subtest wait until its parent's function has ended, and then run at
// the same time as the parent's other parallel subtests. The tests themselves run one
// at a time, so that each leak and each outcome belongs to one test.
func (t *T) Parallel() {
	switch {
	case t.isParallel:
		panic("testing: t.Parallel called multiple times")
	case t.denyParallel:
		panic(parallelConflict)
	}
	t.isParallel = true
	if t.parent == nil {
		return
	}
	t.parent.parallel = append(t.parent.parallel, t)
	sched.Sender(t.signal)(true)
	sched.Recv(t.parent.barrier)
}

// changesProcess is called by what changes the state of the process.
func (t *T) changesProcess() {
	for p := t; p != nil; p = p.parent {
		if p.isParallel {
			panic(parallelConflict)
		}
	}
	t.denyParallel = true
}

// joinSubtests waits for the parallel subtests. Others must have ended: no call of Run
// may outlive the function of the test.
func (t *T) joinSubtests() {
	if t.state.hasSubtests() {
		t.message(true, "the test's function has ended before a subtest that another goroutine runs")
		t.Fail()
	}
	if len(t.parallel) == 0 {
		return
	}
	sched.Close(t.barrier)
	for _, sub := range t.parallel {
		sched.Recv(sub.signal)
	}
}
