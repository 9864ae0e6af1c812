package contract

import (
	"fmt"
	"slices"

	"racelab/checker/labrt/wire"
)

// InOrders is in how many schedules a call is explored that starts goroutines itself, whether
// with the reference or with the program under test alone: what comes of it must not depend
// on their order. Those of many steps have one.
var InOrders = Shape{Budget: 6, Preempted: 12, Slow: 16}

// ShortSteps is how many steps of its own such a call may take.
const ShortSteps = 300

// addOrders adds schedules to the scenarios of one call whose goroutines have an order.
func (b *Book) addOrders() {
	for i := range b.Sequential {
		s := &b.Sequential[i]
		if s.OneCall() && len(s.Runs) > 0 && s.Runs[0].Goroutines > 1 && s.Runs[0].Steps <= ShortSteps {
			s.Budget, s.Preempted, s.Slow = InOrders.Budget, InOrders.Preempted, InOrders.Slow
		}
	}
}

// OneCall reports whether a scenario is one call.
func (s Spec) OneCall() bool {
	scenario, err := wire.ParseScenario(s.Scenario)
	return err == nil && scenario.Calls() == 1
}

// answered reports an error if the reference does not return from a call that is made apart, or
// not soon enough. Such a call is made of many, and would say of no submission that it is wrong.
func (b *Book) answered(each []wire.Scenario) error {
	for _, scenario := range each {
		op := b.Terms.Ops[scenario.Threads[0][0].Op]
		if !op.Apart {
			continue
		}
		i := slices.IndexFunc(b.Sequential, func(s Spec) bool { return s.Scenario == scenario.String() })
		switch {
		case i < 0:
			return fmt.Errorf("the contract judges nobody by %q: it takes the reference solution too many steps, or it can go on in too many ways", op.Text)
		case b.Sequential[i].Runs[0].Calls[0].Ended == 0:
			return fmt.Errorf("the contract judges nobody by %q: with the reference solution it does not return, or panics. To let time pass, it has to use contract.Rest", op.Text)
		}
	}
	return nil
}
