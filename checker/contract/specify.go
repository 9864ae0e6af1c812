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
	Preempted int            `json:"preempted,omitempty"`
	Runs      []wire.History `json:"runs"`
	// Crowd is set where all goroutines do the same. Then there is one run, in which all
	// of them begin before any callback goes on: it says who must not wait for whom, and
	// not which results there can be.
	Crowd bool `json:"crowd,omitempty"`
	// Same is set where the results are the same in every order. There is one run then.
	Same bool `json:"same,omitempty"`
}

// mostRuns is how many orders of a scenario are looked at. One with more is left
// out: what the reference can do in it is not known.
const mostRuns = 800

// A Runner runs the calls of a scenario with the reference solution one after the
// other, in an order, and where that ends goes on with the first that can.
type Runner func(scenario wire.Scenario, order []int) (wire.History, error)

// Specify makes the book of a contract.
func Specify(terms wire.Terms, run Runner) (*Book, error) {
	b := &Book{Terms: terms, met: meetings{}}
	g := newGenerator(terms)
	for _, shape := range sequences {
		if err := b.add(&b.Sequential, g.of(shape), shape, run); err != nil {
			return nil, err
		}
	}
	for _, some := range [][]wire.Scenario{g.bursts(), g.lulls()} {
		if err := b.add(&b.Sequential, some, Shape{Keep: len(some), Budget: 1}, run); err != nil {
			return nil, err
		}
	}
	for _, shape := range shapes {
		if err := b.add(&b.Concurrent, g.of(shape), shape, run); err != nil {
			return nil, err
		}
	}
	if err := b.addPairs(g, run); err != nil {
		return nil, err
	}
	return b, b.addCrowds(g.crowds(), run)
}

// add adds those of the scenarios that are worth exploring, as many as the shape
// says.
func (b *Book) add(to *[]Spec, scenarios []wire.Scenario, shape Shape, run Runner) error {
	var all []candidate
	for _, scenario := range scenarios {
		s, err := sketch(scenario, run)
		if err != nil {
			return err
		}
		all = append(all, candidate{Scenario: scenario, meets: meet(scenario), outcomes: s.answers()})
	}
	chosen, err := b.met.choose(all, shape, func(scenario wire.Scenario) (Spec, bool, error) {
		s, ok, err := specify(scenario, mostRuns, run)
		s.Budget, s.Preempted = shape.Budget, shape.Preempted
		return s, ok, err
	})
	*to = append(*to, chosen...)
	return err
}

// sketch runs a scenario of several threads in a few orders that differ much: one thread
// after the other, from the first and from the last, and in turn. All orders of all
// scenarios that are thought of would take too long.
func sketch(scenario wire.Scenario, run Runner) (s Spec, err error) {
	if len(scenario.Threads) == 1 {
		return s, nil
	}
	first, err := run(scenario, nil)
	if err != nil {
		return s, err
	}
	s.add(first)
	for _, order := range [][]int{backwards(first.Order), inTurn(first.Order)} {
		h, err := run(scenario, order)
		if err != nil {
			return s, err
		}
		s.add(h)
	}
	return s, nil
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
	for _, scenario := range scenarios {
		order := make([]int, len(scenario.Threads))
		for i := range order {
			order[i] = i
		}
		h, err := run(scenario, order)
		if err != nil {
			return err
		}
		s := Spec{Scenario: scenario.String(), Budget: crowdBudget, Crowd: true}
		s.add(h)
		b.Concurrent = append(b.Concurrent, s)
	}
	return nil
}

// specify runs a scenario in every order. ok is false when there are more than most.
func specify(scenario wire.Scenario, most int, run Runner) (s Spec, ok bool, err error) {
	s.Scenario = scenario.String()
	for order, n := []int(nil), 0; n < most; n++ {
		h, err := run(scenario, order)
		if err != nil {
			return s, false, err
		}
		if n == 0 && orders(h) > 4*float64(most) { // calls that block leave fewer than this says
			return s, false, nil
		}
		s.add(h)
		if order = next(h); order == nil {
			return s, true, nil
		}
	}
	return s, false, nil
}

// orders is in how many orders the steps of a run can be made, each thread's in its
// own.
func orders(h wire.History) float64 {
	all, made := 1.0, map[int]int{}
	for i, thread := range h.Order {
		made[thread]++
		all *= float64(i+1) / float64(made[thread])
	}
	return all
}

// next is the order that follows that of h, in the manner of a search in depth; nil
// when it was the last.
func next(h wire.History) []int {
	for i := len(h.Choices) - 1; i >= 0; i-- {
		at := slices.Index(h.Choices[i], h.Order[i])
		if at >= 0 && at+1 < len(h.Choices[i]) {
			return append(slices.Clone(h.Order[:i]), h.Choices[i][at+1])
		}
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
