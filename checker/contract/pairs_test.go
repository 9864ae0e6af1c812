package contract

import (
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

// A draw is echoed around a look, and the other way round; each has witnesses; and many
// looks, which make no difference to each other, are made beside one more. Many draws are
// not.
func TestPairs(t *testing.T) {
	b := &Book{Terms: terms, met: meetings{}}
	if err := b.addPairs(newGenerator(terms), accounts); err != nil {
		t.Fatal(err)
	}
	echoes, twins, trios, seen, same := 0, 0, 0, 0, 0
	for _, s := range b.Concurrent {
		scenario, err := wire.ParseScenario(s.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		x, other := scenario.Threads[0][0].Op, scenario.Threads[1]
		switch {
		case s.Same:
			same++
			if x != look || len(s.Runs) != 1 || len(scenario.Threads[0]) != manyRivals {
				t.Errorf("%s: %d runs", s.Scenario, len(s.Runs))
			}
		case s.Stopped > 0 && len(scenario.Threads) == 3:
			trios++
			if s.answers() < 2 {
				t.Errorf("%s has %d outcomes", s.Scenario, s.answers())
			}
		case len(scenario.Threads) == 3:
			twins++
			if !slices.Equal(other, scenario.Threads[2]) || x == other[0].Op && x == look {
				t.Errorf("%s: no twins", s.Scenario)
			}
		case len(other) == 2:
			if s.answers() < 2 {
				t.Errorf("%s has %d outcomes", s.Scenario, s.answers())
			}
			if other[1].Op == x {
				echoes++
			} else {
				seen++
			}
		}
	}
	if echoes != 3 || same != 1 { // look around a draw; draw around either
		t.Errorf("%d echoes, %d scenarios in which the order makes no difference", echoes, same)
	}
	if trios != 4 { // of each the two that tell most
		t.Errorf("%d trios", trios)
	}
	if twins != 3 { // look beside a draw; draw beside either
		t.Errorf("%d twins", twins)
	}
	if seen != 4 { // of each the two that tell most
		t.Errorf("%d witnesses", seen)
	}
}
