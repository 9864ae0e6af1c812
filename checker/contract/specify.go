package contract

import (
	"cmp"
	"slices"
	"strings"

	"racelab/checker/labrt/wire"
)

// A Spec is what the reference solution does in a scenario: in every order of its
// calls, one call after the other.
type Spec struct {
	Scenario string `json:"scenario"`
	Budget   int    `json:"budget"` // in how many schedules it is explored
	// Preempted is in how many more with at most one preemption.
	Preempted int `json:"preempted,omitempty"`
	// Slow is in how many more a goroutine is slow once, whether or not timers overtake it.
	Slow int `json:"slow,omitempty"`
	// Stopped is in how many more two goroutines are stopped between their steps on atomics.
	Stopped int            `json:"stopped,omitempty"`
	Runs    []wire.History `json:"runs"`
	// Crowd is set where all goroutines do the same. Then there is one run, in which all
	// of them begin before any callback goes on: it says who must not wait for whom, and
	// not which results there can be.
	Crowd bool `json:"crowd,omitempty"`
	// Waits is set where it matters who waits for whom, and not which results there are: with two
	// callbacks held up, a call may be told of what is decided, and another one of what is done.
	Waits bool `json:"waits,omitempty"`
	// Same is set where the results are the same in every order. There is one run then.
	Same bool `json:"same,omitempty"`
	// Alike is set where all goroutines do the same, and no order gives other results than
	// who gets which. There is one run then.
	Alike bool `json:"alike,omitempty"`
}

// leftOut reports whether what the reference can do is not known.
func (s Spec) leftOut() bool { return len(s.Runs) == 0 }

// Asked is a history of calls of which it is not known what became of them.
func (s Spec) Asked() *wire.History {
	scenario, _ := wire.ParseScenario(s.Scenario)
	h := &wire.History{}
	for thread, calls := range scenario.Threads {
		for _, call := range calls {
			h.Calls = append(h.Calls, wire.CallRecord{Thread: thread, Op: call.Op, Began: len(h.Calls) + 1})
		}
	}
	return h
}

// Prompt reports whether no time has to pass in a scenario: nothing is held up, or waits for
// a timer, and with the reference all calls return.
func (s Spec) Prompt() bool {
	scenario, err := wire.ParseScenario(s.Scenario)
	waits := func(in wire.Invocation) bool { return in.Late || in.Hold != wire.NoHold }
	if err != nil || slices.ContainsFunc(slices.Concat(scenario.Threads...), waits) {
		return false
	}
	return !slices.ContainsFunc(s.Runs, func(r wire.History) bool {
		return r.Rested || slices.ContainsFunc(r.Calls, func(c wire.CallRecord) bool { return c.Ended == 0 })
	})
}

// known reports whether a run came to its end.
func known(h wire.History) bool { return len(h.Calls) > 0 }

// mostRuns is how many orders of a scenario are looked at. One with more is left
// out: what the reference can do in it is not known.
const mostRuns = 300

// A Try is a scenario and an order of its calls. Where that ends it goes on with the
// first that can.
type Try struct {
	Scenario wire.Scenario
	Order    []int
}

// A Runner runs tries with the reference solution, the calls of each one after the other.
type Runner func([]Try) ([]wire.History, error)

// Specify makes the book of a contract.
func Specify(terms wire.Terms, run Runner) (*Book, error) {
	b := &Book{Terms: terms, met: meetings{}}
	g := newGenerator(terms)
	each := g.everyCall()
	if err := b.addAll(each, run); err != nil {
		return nil, err
	}
	if err := b.answered(each); err != nil {
		return nil, err
	}
	if err := b.add(&b.Sequential, g.of(sequences), sequences, run); err != nil {
		return nil, err
	}
	b.addOrders()
	long, err := flowing(append(g.of(longSequences), g.bursts()...), run)
	if err != nil {
		return nil, err
	}
	for _, some := range [][]wire.Scenario{long, g.lulls()} {
		if err := b.addAll(some, run); err != nil {
			return nil, err
		}
	}
	for _, shape := range shapes {
		if err := b.add(&b.Concurrent, g.of(shape), shape, run); err != nil {
			return nil, err
		}
	}
	for _, add := range []func(*generator, Runner) error{b.addPairs, b.addAgain, b.addThrongs} {
		if err := add(g, run); err != nil {
			return nil, err
		}
	}
	if err := b.addCrowds(g.crowds(), run); err != nil {
		return nil, err
	}
	if err := b.addHeld(g, run); err != nil {
		return nil, err
	}
	if err := b.addLate(g, run); err != nil {
		return nil, err
	}
	b.longLast()
	return b, nil
}

// longSteps is how many steps a scenario has that comes last.
const longSteps = 10_000

// longLast has the scenarios of one goroutine in another order. All share what exploring may
// cost, and what a few long ones leave over is not enough for many short ones.
func (b *Book) longLast() {
	isLong := func(s Spec) bool { return !s.leftOut() && s.Runs[0].Steps > longSteps }
	long := slices.DeleteFunc(slices.Clone(b.Sequential), func(s Spec) bool { return !isLong(s) })
	b.Sequential = append(slices.DeleteFunc(b.Sequential, isLong), long...)
}

// addAll adds scenarios of one goroutine.
func (b *Book) addAll(some []wire.Scenario, run Runner) error {
	return b.add(&b.Sequential, some, Shape{Keep: len(some), Budget: 1}, run)
}

// add adds those of the scenarios that are worth exploring, as many as the shape
// says.
func (b *Book) add(to *[]Spec, scenarios []wire.Scenario, shape Shape, run Runner) error {
	sketches, err := sketch(scenarios, run)
	if err != nil {
		return err
	}
	var all []candidate
	for i, scenario := range scenarios {
		all = append(all, newCandidate(scenario, sketches[i].answers()))
	}
	chosen, err := b.met.choose(all, shape, func(scenarios []wire.Scenario) ([]Spec, error) {
		return specify(scenarios, shape, mostRuns, run)
	})
	*to = append(*to, chosen...)
	return err
}

// sketch runs scenarios in a few orders that differ much: one thread after the other, from
// the first and from the last, and in turn. All orders of all scenarios that are thought of
// would take too long. Of those of one thread there is nothing to know.
func sketch(scenarios []wire.Scenario, run Runner) ([]Spec, error) {
	specs := make([]Spec, len(scenarios))
	var first, more []Try
	for _, scenario := range scenarios {
		if len(scenario.Threads) > 1 {
			first = append(first, Try{Scenario: scenario})
		}
	}
	histories, err := run(first)
	if err != nil {
		return nil, err
	}
	for i, h := range histories {
		more = append(more, Try{first[i].Scenario, backwards(h.Order)}, Try{first[i].Scenario, inTurn(h.Order)})
	}
	others, err := run(more)
	if err != nil {
		return nil, err
	}
	next := 0
	for i, scenario := range scenarios {
		if len(scenario.Threads) > 1 {
			specs[i].add(histories[next])
			specs[i].add(others[2*next])
			specs[i].add(others[2*next+1])
			next++
		}
	}
	return specs, nil
}

func backwards(order []int) []int {
	out := slices.Sorted(slices.Values(order))
	slices.Reverse(out)
	return out
}

// inTurn is an order in which each thread waits after a step until all others have had
// as many.
func inTurn(order []int) []int {
	type step struct{ nth, thread int }
	var steps []step
	had := map[int]int{}
	for _, thread := range order {
		steps = append(steps, step{had[thread], thread})
		had[thread]++
	}
	slices.SortStableFunc(steps, func(x, y step) int { return cmp.Or(x.nth-y.nth, x.thread-y.thread) })
	var out []int
	for _, s := range steps {
		out = append(out, s.thread)
	}
	return out
}

// crowdBudget is small: it is a matter of who waits, and in any schedule.
const crowdBudget = 2

func (b *Book) addCrowds(scenarios []wire.Scenario, run Runner) error {
	var all []Try
	for _, scenario := range scenarios {
		order := make([]int, len(scenario.Threads))
		for i := range order {
			order[i] = i
		}
		all = append(all, Try{scenario, order})
	}
	histories, err := run(all)
	if err != nil {
		return err
	}
	for i, h := range histories {
		if !known(h) {
			continue
		}
		s := Spec{Scenario: scenarios[i].String(), Budget: crowdBudget, Crowd: true}
		s.add(h)
		b.Concurrent = append(b.Concurrent, s)
	}
	return nil
}

// add adds a run that is not like one that is there.
func (s *Spec) add(h wire.History) {
	h.Choices, h.Order = nil, nil
	like := func(o wire.History) bool { return slices.Equal(o.Calls, h.Calls) }
	if !slices.ContainsFunc(s.Runs, like) {
		s.Runs = append(s.Runs, h)
	}
}

// answers is how many different results the calls can have together. Where it is
// one, it makes no difference who comes first.
func (s Spec) answers() int {
	all := map[string]bool{}
	for _, r := range s.Runs {
		var b strings.Builder
		for _, c := range r.Calls {
			b.WriteString(c.Result + "\n")
		}
		all[b.String()] = true
	}
	return len(all)
}
