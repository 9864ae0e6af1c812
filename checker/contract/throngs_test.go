package contract

import (
	"testing"

	"racelab/checker/labrt/wire"
)

// A throng looks at the balance, and one draws money, of whom one gets it.
func TestThrongs(t *testing.T) {
	b := &Book{Terms: terms, met: meetings{}}
	if err := b.addThrongs(newGenerator(terms), accounts); err != nil {
		t.Fatal(err)
	}
	if len(b.Concurrent) != 2 {
		t.Fatalf("%d scenarios", len(b.Concurrent))
	}
	for _, s := range b.Concurrent {
		scenario, err := wire.ParseScenario(s.Scenario)
		if err != nil || len(scenario.Threads) != throng || len(s.Runs) != 1 {
			t.Fatalf("%s: %d runs, %v", s.Scenario, len(s.Runs), err)
		}
	}
	draws := b.Concurrent[0]
	paid := func(which ...int) (h wire.History) {
		h.Calls = append(h.Calls, draws.Runs[0].Calls...)
		for i := range h.Calls {
			h.Calls[i].Result = "refused"
		}
		for _, i := range which {
			h.Calls[i].Result = "paid"
		}
		return h
	}
	if _, ok := draws.Judge(paid(33)); !ok {
		t.Error("another one may be the one who gets the money")
	}
	for _, h := range []wire.History{paid(), paid(3, 50)} {
		if _, ok := draws.Judge(h); ok {
			t.Error("there is money for one, not less and not more")
		}
	}
}

// Calls in two parts can have results that no sketch has.
func TestInOnePart(t *testing.T) {
	calls := []wire.CallRecord{{Thread: 0, Held: 2}, {Thread: 1}, {Thread: 2, Finally: true}}
	for _, tt := range []struct {
		order []int
		want  bool
	}{{[]int{0, 0, 1}, true}, {[]int{0, 1, 0}, true}, {[]int{0, 1, 1}, false}, {[]int{0, 0, 0, 1}, false}} {
		if got := inOnePart(wire.History{Calls: calls, Order: tt.order}); got != tt.want {
			t.Errorf("%v: %t", tt.order, got)
		}
	}
}
