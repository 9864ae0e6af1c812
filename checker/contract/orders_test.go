package contract

import (
	"slices"
	"strings"
	"testing"

	"racelab/checker/labrt/wire"
)

// A call whose two goroutines have an order is explored in more schedules than one. What has
// one goroutine has no order, what is long takes too long, and the calls of a longer scenario
// are made alone, too.
func TestOwnOrders(t *testing.T) {
	of := func(scenario string, goroutines, steps int) Spec {
		return Spec{Scenario: scenario, Budget: 1, Runs: []wire.History{{Goroutines: goroutines, Steps: steps}}}
	}
	b := &Book{Sequential: []Spec{of("0.1", 2, 50), of("0.1", 1, 50), of("0.1", 2, 5_000), of("0.1-1", 2, 50), {Scenario: "0.1", Budget: 1}}}
	b.addOrders()
	for i, want := range []bool{true, false, false, false, false} {
		if s := b.Sequential[i]; (s.Budget > 1) != want {
			t.Errorf("%s: %+v", s.Scenario, s)
		}
	}
}

// A call made apart from which the reference does not return says nothing of anybody, and
// neither does one that is left out.
func TestUnanswered(t *testing.T) {
	terms := wire.Terms{Ops: []wire.Operation{{Text: "waits"}, {Text: "many calls", Apart: true}}}
	each := []wire.Scenario{{Threads: [][]wire.Invocation{{{Op: 0}}}}, {Threads: [][]wire.Invocation{{{Op: 1}}}}}
	run := func(scenario wire.Scenario, ended int) Spec {
		return Spec{Scenario: scenario.String(), Runs: []wire.History{{Calls: []wire.CallRecord{{Began: 1, Ended: ended}}}}}
	}
	for _, test := range []struct {
		specs []Spec
		want  string // in the error; empty: there is none
	}{
		{[]Spec{run(each[0], 0), run(each[1], 2)}, ""},
		{[]Spec{run(each[0], 2), run(each[1], 0)}, `"many calls": with the reference solution it does not return, or panics`},
		{[]Spec{run(each[0], 2)}, `"many calls": it takes the reference solution too many steps`},
	} {
		err := (&Book{Terms: terms, Sequential: test.specs}).answered(each)
		if (err != nil) != (test.want != "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v, want %q", err, test.want)
		}
	}
}

// Scenarios of many steps come last, and apart from that all stay in order.
func TestLongLast(t *testing.T) {
	of := func(scenario string, steps int) Spec {
		return Spec{Scenario: scenario, Runs: []wire.History{{Steps: steps}}}
	}
	b := &Book{Sequential: []Spec{of("0.1", 50), of("0.2", longSteps+1), {Scenario: "0.3"}, of("0.4", 90_000), of("0.5", longSteps), of("0.6", 3)}}
	b.longLast()
	var got []string
	for _, s := range b.Sequential {
		got = append(got, s.Scenario)
	}
	if want := []string{"0.1", "0.3", "0.5", "0.6", "0.2", "0.4"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
