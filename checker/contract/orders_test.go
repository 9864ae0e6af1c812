package contract

import (
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
