package contract

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// mostRounds is how often calls are left out of a long scenario at most.
const mostRounds = 40

// flowing leaves out of scenarios of one goroutine the calls in which the reference waits
// for ever: what comes after such a call would never be made. More of the same that
// follow are left out, too.
func flowing(scenarios []wire.Scenario, run Runner) ([]wire.Scenario, error) {
	all := slices.Clone(scenarios)
	var stopped []int // which of them
	for i := range all {
		stopped = append(stopped, i)
	}
	for round := 0; round < mostRounds && len(stopped) > 0; round++ {
		var tries []Try
		for _, i := range stopped {
			tries = append(tries, Try{Scenario: all[i]})
		}
		histories, err := run(tries)
		if err != nil {
			return nil, err
		}
		var still []int
		for n, i := range stopped {
			thread := all[i].Threads[0]
			if last := lastMade(histories[n], len(thread)); last >= 0 {
				all[i].Threads = [][]wire.Invocation{without(thread, last)}
				still = append(still, i)
			}
		}
		stopped = still
	}
	return all, nil
}

// lastMade is the call after which none of the n by one goroutine was made; less than 0 if
// all were, or if nothing is known.
func lastMade(h wire.History, n int) int {
	if !known(h) {
		return -1
	}
	return slices.IndexFunc(h.Calls[:n], func(c wire.CallRecord) bool { return c.Began == 0 }) - 1
}

// without is a thread without a call and those that follow and are like it.
func without(thread []wire.Invocation, call int) []wire.Invocation {
	end := call
	for end < len(thread) && thread[end] == thread[call] {
		end++
	}
	return slices.Concat(thread[:call], thread[end:])
}
