package contract

import "racelab/checker/labrt/wire"

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
