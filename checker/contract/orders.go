package contract

import "racelab/checker/labrt/wire"

// A call that starts goroutines itself is a scenario of its own: what comes of it must not
// depend on their order. Those that are short with the reference are explored in more than
// one schedule.
var inOrders = Shape{Budget: 6, Preempted: 12, Slow: 16}

const shortSteps = 300

// addOrders adds schedules to the scenarios of one call whose goroutines have an order.
func (b *Book) addOrders() {
	for i := range b.Sequential {
		s := &b.Sequential[i]
		if s.oneCall() && len(s.Runs) > 0 && s.Runs[0].Goroutines > 1 && s.Runs[0].Steps <= shortSteps {
			s.Budget, s.Preempted, s.Slow = inOrders.Budget, inOrders.Preempted, inOrders.Slow
		}
	}
}

// oneCall reports whether a scenario is one call.
func (s *Spec) oneCall() bool {
	scenario, err := wire.ParseScenario(s.Scenario)
	return err == nil && scenario.Calls() == 1
}
