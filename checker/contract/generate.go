// Package contract makes scenarios from the contract of an exercise, and judges
// what a submission does in them by what the reference solution does.
//
// It is data and pure functions. Nothing here runs a program.
package contract

import (
	"math/rand/v2"
	"slices"

	"racelab/checker/labrt/wire"
)

// seed makes the scenarios of a contract the same everywhere.
const seed = 8

// A Shape is a sort of scenario.
type Shape struct {
	Threads []int     // how many calls each goroutine makes
	Hold    wire.Hold // of the callbacks of the first call
	// Pool is how many scenarios are thought of, and Keep how many of them are explored.
	Pool, Keep int
	// All says that all are thought of, and explored as long as some have meetings that no
	// other has.
	All bool
	// Budget is in how many schedules each is explored, and Preempted in how many more
	// with at most one preemption: of two calls these are nearly all that matter.
	Budget, Preempted int
	// Slow is in how many more a goroutine is slow once: all that the others do falls into
	// the middle of what it does.
	Slow int
	// Stopped is in how many more two goroutines are stopped in the middle, if they use the
	// same atomics.
	Stopped int
	// Waits says that it only matters who waits for whom, not what calls return.
	Waits bool
}

// sequences and longSequences are the shapes of scenarios of one goroutine that makes more
// than one call.
var (
	sequences     = Shape{Threads: []int{6}, Pool: 24, Keep: 24, Budget: 1}
	longSequences = Shape{Threads: []int{200}, Pool: 4}
)

// burst is how often a call is repeated to see whether something runs full: a byte, or
// a buffer.
const burst = 300

// shapes are those of scenarios of several. Small ones come first: what they show is
// easier to understand.
var shapes = []Shape{
	{Threads: []int{1, 1}, All: true, Budget: 4, Preempted: 10, Slow: 8},
	{Threads: []int{1, 1}, Hold: wire.Short, Pool: 100, Keep: 25, Budget: 3},
	{Threads: []int{1, 1}, Hold: wire.Long, Pool: 100, Keep: 25, Budget: 3},
	{Threads: []int{2, 2}, Pool: 80, Keep: 12, Budget: 16, Stopped: 12},
	{Threads: []int{1, 1, 1}, Pool: 60, Keep: 10, Budget: 16, Stopped: 16},
	{Threads: []int{1, 1, 1}, Hold: wire.Short, Pool: 100, Keep: 16, Budget: 4},
	{Threads: []int{1, 2}, Hold: wire.Short, Pool: 60, Keep: 16, Budget: 3},
	{Threads: []int{1, 1, 1, 1}, Hold: wire.Short, Pool: 24, Keep: 8, Budget: 4},
}

// crowdSize is more than anybody should provide for.
const crowdSize = 17

// A generator makes scenarios of what a contract lists.
type generator struct {
	terms wire.Terms
	rand  *rand.Rand
	every []int // all that are made in scenarios of one call
	alone []int // those of them that are made in longer ones of one goroutine
	ops   []int // those of these that are made while others are
	calls []int // those of these that call back
	seen  map[string]bool
}

func newGenerator(terms wire.Terms) *generator {
	g := &generator{terms: terms, rand: rand.New(rand.NewPCG(seed, 0)), seen: map[string]bool{}}
	for i, op := range terms.Ops {
		if op.Finally {
			continue
		}
		g.every = append(g.every, i)
		if op.Apart {
			continue
		}
		g.alone = append(g.alone, i)
		if op.Alone {
			continue
		}
		g.ops = append(g.ops, i)
		if op.Calls {
			g.calls = append(g.calls, i)
		}
	}
	return g
}

// of makes the scenarios of a shape, without repeating itself: fewer than its Pool
// where there are not as many.
func (g *generator) of(s Shape) []wire.Scenario {
	if len(g.ops) == 0 || len(g.terms.Setups) == 0 || s.Hold != wire.NoHold && len(g.calls) == 0 {
		return nil
	}
	if s.All {
		return g.everyPair()
	}
	var all []wire.Scenario
	for tries := 0; len(all) < s.Pool && tries < 20*s.Pool; tries++ {
		scenario := g.scenario(s)
		if text := scenario.String(); !g.seen[text] {
			g.seen[text] = true
			all = append(all, scenario)
		}
	}
	return all
}

// apartSetups is in how many setups a call is made that is made apart: most have objects of
// their own.
const apartSetups = 2

// everyCall are all calls, each by itself; first those that people make.
func (g *generator) everyCall() []wire.Scenario {
	var all, apart []wire.Scenario
	for n, op := range g.every {
		for setup := range g.terms.Setups {
			s := wire.Scenario{Setup: setup, Threads: [][]wire.Invocation{{{Op: op}}}}
			switch turn := (setup + n) % len(g.terms.Setups); {
			case !g.terms.Ops[op].Apart:
				all = append(all, s)
			case turn < apartSetups:
				apart = append(apart, s)
			}
		}
	}
	return append(all, apart...)
}

// everyPair are any two operations in every setup.
func (g *generator) everyPair() (all []wire.Scenario) {
	for i, x := range g.ops {
		for _, y := range g.ops[i:] {
			for setup := range g.terms.Setups {
				s := wire.Scenario{Setup: setup, Threads: [][]wire.Invocation{{{Op: x}}, {{Op: y}}}}
				g.seen[s.String()] = true
				all = append(all, s)
			}
		}
	}
	return all
}

func (g *generator) scenario(s Shape) wire.Scenario {
	out := wire.Scenario{Setup: g.setup()}
	ops := g.ops
	if len(s.Threads) == 1 {
		ops = g.alone
	}
	for i, calls := range s.Threads {
		thread := make([]wire.Invocation, calls)
		for n := range thread {
			thread[n].Op = g.pickOnce(ops, thread[:n])
		}
		if i == 0 && s.Hold != wire.NoHold {
			thread[0] = wire.Invocation{Op: g.pick(g.calls), Hold: s.Hold}
		}
		out.Threads = append(out.Threads, thread)
	}
	if s.Hold == wire.NoHold { // who is first in the list makes no difference
		slices.SortStableFunc(out.Threads, compareThreads)
	}
	return out
}

func compareThreads(a, b []wire.Invocation) int {
	return slices.CompareFunc(a, b, func(x, y wire.Invocation) int { return x.Op - y.Op })
}

func (g *generator) setup() int { return g.rand.IntN(len(g.terms.Setups)) }

func (g *generator) pick(ops []int) int { return ops[g.rand.IntN(len(ops))] }

// pickOnce is pick, but what is made alone, which may be long, is made once in a thread.
func (g *generator) pickOnce(ops []int, thread []wire.Invocation) int {
	op := g.pick(ops)
	for g.terms.Ops[op].Alone && slices.Contains(thread, wire.Invocation{Op: op}) {
		op = g.pick(g.ops)
	}
	return op
}

// bursts are many of the same call, and then one of each other.
func (g *generator) bursts() []wire.Scenario {
	var all []wire.Scenario
	for _, op := range g.ops {
		thread := slices.Repeat([]wire.Invocation{{Op: op}}, burst)
		for _, other := range g.alone {
			if other != op {
				thread = append(thread, wire.Invocation{Op: other})
			}
		}
		all = append(all, wire.Scenario{Setup: g.setup(), Threads: [][]wire.Invocation{thread}})
	}
	return all
}

// lulls are two calls, of which the second is made when a timer is about to fire, if
// there is one: somebody who has been idle since the first may just be going home.
func (g *generator) lulls() []wire.Scenario {
	var all []wire.Scenario
	for _, op := range g.ops {
		for _, next := range []int{op, g.pick(g.ops)} {
			thread := []wire.Invocation{{Op: op}, {Op: next, Late: true}}
			all = append(all, wire.Scenario{Setup: g.setup(), Threads: [][]wire.Invocation{thread}})
		}
	}
	return all
}

// crowds are many goroutines that make the same call, whose callbacks are all held
// up.
func (g *generator) crowds() []wire.Scenario {
	var all []wire.Scenario
	for setup := range g.terms.Setups {
		for _, op := range g.calls {
			all = append(all, wire.Scenario{Setup: setup, Threads: slices.Repeat([][]wire.Invocation{{{Op: op, Hold: wire.Short}}}, crowdSize)})
		}
	}
	return all
}
