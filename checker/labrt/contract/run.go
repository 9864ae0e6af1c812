package contract

import (
	"fmt"
	"sync/atomic"
	"time"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/wire"
)

// A Run is one scenario that is run.
//
// The records are written by one goroutine at a time, behind the back of the race
// detector: they must not order the calls.
type Run struct {
	contract Contract
	scenario wire.Scenario
	order    []int // of a sequential run
	inOrder  bool  // of a sequential run of several threads: one call is made after the other
	noLulls  bool  // of a sequential run: nobody waits until a timer is about to fire

	subject  any
	records  []wire.CallRecord
	calls    []*Call // by record; nil where not made
	clock    int     // numbers beginnings, holds and returns
	marks    byte
	running  int  // threads that have not ended
	final    bool // the last calls are being made
	finished chan struct{}
	over     []chan struct{} // by thread: closed when it has ended
	returns  []atomic.Int32  // by thread: how many of its calls have returned
	turns    []turn          // of a sequential run: the threads
	rests    time.Time       // until when somebody rests
	rested   int             // how often somebody has begun to
	told     int             // results, and that a call has come further
	before   sched.Count     // of what there was before the calls …
	made     sched.Count     // … and of what they have made
	choices  [][]int
	chosen   []int
}

// running is the scenario that is run. There is one at a time.
var running *Run

// graceful is how long a scenario waits, on the virtual clock, for calls that do
// not return; beyond all holds. It does not end just when timers of the program fire.
const graceful = 2*sched.Second + 1

// inVain is after how many rests the clock has advanced by more than it may while a
// goroutine is slow.
const inVain = 2

// manyRests is for how many rests those who poll may do so in vain: some seconds more than
// they need who have a thousand things to do, and look for the next few 20 times a second.
const manyRests = 8

// fewResults is how many results there are before each one is a sign that the scenario goes
// on. What leads to the next one may be much work, and few steps.
const fewResults = 16

// NewRun prepares a scenario. The error says that the contract has no such.
func NewRun(c Contract, job *wire.Job) (*Run, error) {
	scenario, err := wire.ParseScenario(job.Scenario)
	if err != nil {
		return nil, err
	}
	r := &Run{scenario: scenario, order: job.Order, inOrder: job.Sequential && len(scenario.Threads) > 1, noLulls: job.Sequential}
	if scenario.Setup >= len(c.setups) {
		return nil, fmt.Errorf("the contract has no setup %d", scenario.Setup)
	}
	for i, thread := range scenario.Threads {
		for _, in := range thread {
			if in.Op >= len(c.ops) {
				return nil, fmt.Errorf("the contract has no operation %d", in.Op)
			}
			r.records = append(r.records, wire.CallRecord{Thread: i, Op: in.Op})
		}
	}
	for i, op := range c.ops {
		if op.Finally {
			r.records = append(r.records, wire.CallRecord{Thread: len(scenario.Threads), Op: i, Finally: true})
		}
	}
	r.calls = make([]*Call, len(r.records))
	return r, nil
}

// Do runs the scenario with a contract that was made in this schedule: package
// variables have been initialised since NewRun.
func (r *Run) Do(c Contract) {
	r.isRunning()
	r.contract = c
	r.subject = r.contract.setups[r.scenario.Setup].open()
	r.finished = make(chan struct{})
	r.running = len(r.scenario.Threads)
	r.turns = make([]turn, len(r.scenario.Threads))
	r.over = make([]chan struct{}, len(r.scenario.Threads))
	r.returns = make([]atomic.Int32, len(r.scenario.Threads))
	index := 0
	for i, calls := range r.scenario.Threads {
		r.over[i] = make(chan struct{})
		first := index
		index += len(calls)
		g := sched.Spawn()
		go func() {
			defer sched.Exit(sched.Enter(g))
			r.thread(i, first, calls)
		}()
	}
	r.begins(sched.Counted())
	if r.inOrder {
		r.conduct()
	} else {
		r.wait()
	}
	r.join()
	r.isFinal(sched.Counted())
	sched.KeepWaits()
	for ; index < len(r.records); index++ {
		r.call(&Call{run: r, index: index, thread: len(r.scenario.Threads)}, r.records[index].Op)
	}
	r.lookAgain()
}

//go:norace
func (r *Run) isRunning() { running = r }

//go:norace
func (r *Run) begins(now sched.Count) { r.before = now }

//go:norace
func (r *Run) isFinal(now sched.Count) {
	r.final = true
	r.made = sched.Count{Goroutines: now.Goroutines - r.before.Goroutines, Steps: now.Steps - r.before.Steps}
}

// goesOn reports whether a thread makes its next call: one that has been blocked until
// the last calls were made does not.
//
//go:norace
func (r *Run) goesOn() bool { return !r.final }

// wait waits until all threads have ended or cannot go on. The clock alone does not
// tell: it also advances while a goroutine is slow, or in calls that take time. So nothing
// must have happened for twice as long as a call may take. Where somebody could go on, it
// may be slow no longer than that: then it goes on in vain, as one that spins. One that
// looks now and then whether it can go on is given longer.
func (r *Run) wait() {
	for rests := 1; ; rests++ {
		before, rest := r.progress(), sched.Rest
		if rests > inVain {
			rest = sched.Settle
		}
		rest(r.finished, max(r.holds(), r.resting())+graceful)
		switch {
		case r.join():
			return
		case r.progress() != before:
			rests = 0
		case r.resting() <= -graceful && rests > 1 && !mayGoOn(rests):
			return
		}
	}
}

// mayGoOn reports whether somebody may still go on when nothing has happened for so many
// rests.
func mayGoOn(rests int) bool {
	if sched.TimerWithin(graceful) {
		return rests <= manyRests
	}
	return sched.Busy() && rests <= inVain
}

// progress counts what calls have done: whoever rests or tells a result goes on.
//
//go:norace
func (r *Run) progress() int { return r.clock + r.rested + r.told }

// join orders all calls that have returned before what the caller does from now on, as
// a WaitGroup would, and as those who made them could. It reports whether all threads
// have ended.
func (r *Run) join() (all bool) {
	all = true
	for i, over := range r.over {
		r.returns[i].Load()
		select {
		case <-over:
		default:
			all = false
		}
	}
	return all
}

// holds is how long all holds take, one after the other: callbacks of two calls may
// not run at the same time, and a call that comes second may call back once more.
func (r *Run) holds() (all sched.Duration) {
	for _, calls := range r.scenario.Threads {
		for _, in := range calls {
			all += 2 * in.Hold.Lasts()
		}
	}
	return all
}

func (r *Run) thread(i, first int, calls []wire.Invocation) {
	for n, in := range calls {
		r.await(i)
		if !r.goesOn() {
			break
		}
		if in.Late && !r.noLulls && lull() {
			r.isLate(first + n)
		}
		r.call(&Call{run: r, index: first + n, thread: i, hold: in.Hold}, in.Op)
		r.returns[i].Add(1)
	}
	close(r.over[i])
	if r.ended() {
		sched.Close(r.finished)
	}
}

// call makes one call and records it. Its beginning and its return are steps of the
// schedule: which call returns before another one begins is something that other
// goroutines can see.
func (r *Run) call(c *Call, op int) {
	o := r.contract.ops[op]
	sched.Call(&r.marks, o.Text)
	r.began(c)
	if r.inOrder {
		o.steps(r.subject, c)
	} else { // alone, steps make no difference
		o.do(r.subject, c)
	}
	sched.Return(&r.marks, c.result)
	r.returned(c, c.result, o.mayWait != nil && o.mayWait(c.result))
}

//go:norace
func (r *Run) isLate(index int) { r.records[index].Late = true }

//go:norace
func (r *Run) began(c *Call) {
	r.clock++
	r.records[c.index].Began = r.clock
	r.calls[c.index] = c
}

//go:norace
func (r *Run) returned(c *Call, result string, mayWait bool) {
	r.clock++
	rec := &r.records[c.index]
	rec.Ended, rec.Result, rec.MayWait = r.clock, result, mayWait
}

//go:norace
func (r *Run) ended() (last bool) {
	r.running--
	return r.running == 0
}

// Inside is called by a function that a call was given: here others may go on.
func (c *Call) Inside() {
	r := c.run
	switch {
	case r.inOrder && c.thread < len(r.turns):
		r.hold(c)
		r.await(c.thread)
		r.release(c)
	case c.hold != wire.NoHold:
		r.hold(c)
		sched.Rest(nil, c.hold.Lasts())
		r.release(c)
	}
}

//go:norace
func (r *Run) tells() {
	if r.told++; r.told > fewResults {
		sched.GoesOn()
	}
}

//go:norace
func (r *Run) hold(c *Call) {
	r.clock++
	if rec := &r.records[c.index]; rec.Held == 0 {
		rec.Held = r.clock
	}
}

//go:norace
func (r *Run) release(c *Call) {
	r.clock++
	if rec := &r.records[c.index]; rec.Released == 0 {
		rec.Released = r.clock
	}
}

// History is what the calls did. It is called when nothing runs any more.
func (r *Run) History() *wire.History {
	return &wire.History{Calls: r.records, Choices: r.choices, Order: r.chosen, Goroutines: r.made.Goroutines, Steps: r.made.Steps, Rested: !r.rests.IsZero()}
}
