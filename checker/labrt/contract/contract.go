// Package contract is what the contract of an exercise is written with: a list of
// the calls that its API offers, with arguments, from which racelab makes scenarios.
//
// A scenario is run with the submission, in many schedules, and with the reference
// solution, one call after the other. What the submission returns must be what some
// order of the calls gives with the reference.
//
// A contract is a function Contract in a file testdata/contract_test.go of the
// exercise's solution, in the package of its tests:
//
//	func Contract() contract.Contract {
//		return contract.Of(contract.Terms[*bank.Account]{
//			Setups: []contract.Setup[*bank.Account]{
//				{Text: "a := bank.Open(5)", Open: func() *bank.Account { return bank.Open(5) }},
//			},
//			Ops: []contract.Op[*bank.Account]{
//				{Text: "a.Deposit(3)", Do: func(a *bank.Account, c *contract.Call) { a.Deposit(3) }},
//				{Text: "a.Balance()", Do: func(a *bank.Account, c *contract.Call) { c.Return(a.Balance()) }},
//			},
//		})
//	}
package contract

import (
	"fmt"
	"strings"

	"racelab/checker/labrt/wire"
)

// A Contract lists what one can do with the objects of an exercise.
type Contract struct {
	setups []setup
	ops    []operation
}

type setup struct {
	text string
	open func() any
}

type operation struct {
	wire.Operation
	do, steps func(subject any, c *Call)
	mayWait   func(result string) bool
}

// Terms are what a contract consists of. S holds the objects of a scenario.
type Terms[S any] struct {
	Setups []Setup[S]
	Ops    []Op[S]
}

// A Setup makes the objects of a scenario.
type Setup[S any] struct {
	Text string // as Go, for people: "a := bank.Open(5)"
	Open func() S
}

// An Op is one call with its arguments, or a few that belong together.
type Op[S any] struct {
	Text string // as Go, for people: "a.Deposit(3)"
	// Do makes the call and hands what it returns to Return. What Do does besides
	// must not synchronise goroutines.
	Do func(S, *Call)
	// Steps is set for a call that need not happen at one moment. It does with the
	// reference solution what Do does, in steps, with Call.Between between them.
	Steps func(S, *Call)
	// Calls says that the call is given a function, which calls Call.Inside.
	Calls bool
	// Finally is set for a call that is made when all others have been, in the order
	// in which they are listed, each once.
	Finally bool
	// Alone says that the call is made only while no other one is: for arguments that
	// say nothing new about who comes first, and for what takes many steps.
	Alone bool
	// Apart says that the call is made in scenarios of its own: for what takes long, on
	// the virtual clock or otherwise.
	Apart bool
	// Vague says that it is left open what the call returns while two others are under way,
	// one of which knows of the other: whether money that is being counted is still there.
	Vague bool
	// MayWait tells, by its result with the reference, whether the call may also wait
	// for a callback of another one, where the reference lets it go on; nil: never.
	MayWait func(result string) bool
}

// Of makes a contract.
func Of[S any](t Terms[S]) Contract {
	var c Contract
	for _, s := range t.Setups {
		c.setups = append(c.setups, setup{s.Text, func() any { return s.Open() }})
	}
	for _, o := range t.Ops {
		op := operation{
			Operation: wire.Operation{Text: o.Text, Finally: o.Finally, Calls: o.Calls, Alone: o.Alone, Apart: o.Apart, Vague: o.Vague},
			do:        func(subject any, c *Call) { o.Do(subject.(S), c) },
			mayWait:   o.MayWait,
		}
		if op.steps = op.do; o.Steps != nil {
			op.steps = func(subject any, c *Call) { o.Steps(subject.(S), c) }
		}
		c.ops = append(c.ops, op)
	}
	return c
}

// Terms are its text.
func (c Contract) Terms() wire.Terms {
	var t wire.Terms
	for _, s := range c.setups {
		t.Setups = append(t.Setups, s.text)
	}
	for _, o := range c.ops {
		t.Ops = append(t.Ops, o.Operation)
	}
	return t
}

// A Call is one call of a scenario that is being made.
type Call struct {
	run    *Run
	index  int // among the records
	thread int
	hold   wire.Hold
	result string
	kept   []kept
}

// Return says what the call has returned. Values are compared by how fmt prints
// them. Goroutines of the call may say so at the same time, without that it orders them.
func (c *Call) Return(values ...any) {
	for _, v := range values {
		c.add(fmt.Sprint(v))
	}
	c.run.tells()
}

// Say is Return for one sentence, whose words and values stand beside each other.
func (c *Call) Say(words ...any) { c.Return(strings.TrimSuffix(fmt.Sprintln(words...), "\n")) }

//go:norace
func (c *Call) add(text string) {
	if c.result != "" {
		c.result += ", "
	}
	c.result += text
}

// Panics calls f and makes a panic of it a result of the call.
func (c *Call) Panics(f func()) {
	defer func() {
		if recover() != nil {
			c.Return(panicked{})
		}
	}()
	f()
}

type panicked struct{}

func (panicked) String() string { return "panics" }
