package contract

import (
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

// No two operations meet a second time before all of them have met once.
func TestChoose(t *testing.T) {
	named := func(texts ...string) (all []candidate) {
		for _, text := range texts {
			scenario, err := wire.ParseScenario(text)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, candidate{Scenario: scenario, meets: meet(scenario)})
		}
		return all
	}
	const tooMany = "0.1h.1"
	spec := func(scenarios []wire.Scenario) (specs []Spec, err error) {
		for _, s := range scenarios {
			spec := Spec{Scenario: s.String(), Runs: []wire.History{{}}}
			if spec.Scenario == tooMany {
				spec.Runs = nil
			}
			specs = append(specs, spec)
		}
		return specs, nil
	}
	m := meetings{}
	choose := func(shape Shape, texts ...string) (got []string) {
		chosen, err := m.choose(named(texts...), shape, spec)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range chosen {
			got = append(got, s.Scenario)
		}
		return got
	}
	if got, want := choose(Shape{Keep: 3}, "0.1.1", tooMany, "1.1.1", "0.0.1", "1.1.0", "0.0h.1"), []string{"0.1.1", "0.0.1", "0.0h.1"}; !slices.Equal(got, want) {
		t.Errorf("chose %v, want %v", got, want)
	}
	if got, want := choose(Shape{Keep: 1}, "0.1.1", "0.1-0.0-1"), []string{"0.1-0.0-1"}; !slices.Equal(got, want) {
		t.Errorf("chose %v, in which nobody meets who has not met", got)
	}
	if got, want := choose(Shape{Keep: 1, All: true}, "0.2.2", "1.2.2", "0.2.3", "0.1.1"), []string{"0.2.2", "0.2.3"}; !slices.Equal(got, want) {
		t.Errorf("chose %v of all, want %v", got, want)
	}
}

// Orders that differ much have each thread's steps as often as the first.
func TestSketch(t *testing.T) {
	order := []int{0, 0, 1, 1, 1, 2}
	if got, want := backwards(order), []int{2, 1, 1, 1, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("backwards: %v, want %v", got, want)
	}
	if got, want := inTurn(order), []int{0, 1, 2, 0, 1, 1}; !slices.Equal(got, want) {
		t.Errorf("in turn: %v, want %v", got, want)
	}
}

func TestOrders(t *testing.T) {
	for _, tt := range []struct {
		order []int
		want  float64
	}{{nil, 1}, {[]int{0, 0, 0}, 1}, {[]int{0, 1}, 2}, {[]int{0, 0, 1, 1}, 6}, {[]int{0, 1, 2, 0, 1, 2}, 90}} {
		if got := orders(wire.History{Order: tt.order}); got != tt.want {
			t.Errorf("%v: %v orders, want %v", tt.order, got, tt.want)
		}
	}
}

// A long scenario goes on behind a call in which the reference waits for ever; what is like
// it and follows it is left out with it.
func TestFlowing(t *testing.T) {
	const waits = 1 // the operation, unless 2 came before it
	var asked []string
	run := func(tries []Try) (all []wire.History, err error) {
		for _, try := range tries {
			asked = append(asked, try.Scenario.String())
			all = append(all, stopsAt(waits, try.Scenario.Threads[0]))
		}
		return all, nil
	}
	scenario := wire.Scenario{Threads: [][]wire.Invocation{{{Op: 0}, {Op: 1}, {Op: 1}, {Op: 0}, {Op: 2}, {Op: 1}, {Op: 0}}}}
	got, err := flowing([]wire.Scenario{scenario, {Threads: [][]wire.Invocation{{{Op: 0}, {Op: 1}}}}}, run)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"0.0-0-2-1-0", "0.0-1"} // the last call may wait
	for i, s := range got {
		if s.String() != want[i] {
			t.Errorf("%s, want %s", s, want[i])
		}
	}
	if len(asked) != 3 || scenario.String() != "0.0-1-1-0-2-1-0" {
		t.Errorf("asked for %v, and then there is %s", asked, scenario)
	}
}

// stopsAt is the history of a thread that never returns from an operation, unless 2 was
// called before.
func stopsAt(op int, thread []wire.Invocation) (h wire.History) {
	stopped, let := false, false
	for i, in := range thread {
		c := wire.CallRecord{Op: in.Op}
		if !stopped {
			c.Began, c.Ended = 2*i+1, 2*i+2
		}
		let = let || in.Op == 2
		stopped = stopped || in.Op == op && !let
		h.Calls = append(h.Calls, c)
	}
	return h
}

// Nothing is known of a run that was cut short, and so not of its scenario.
func TestCutShort(t *testing.T) {
	two := wire.Scenario{Threads: [][]wire.Invocation{{{Op: 0}}, {{Op: 1}}}}
	for cut := range 2 { // the first run, or one of those after it
		runs := 0
		specs, err := specify([]wire.Scenario{two}, Shape{}, mostRuns, func(tries []Try) (all []wire.History, err error) {
			for range tries {
				h := wire.History{}
				if runs++; runs != cut+1 {
					h = wire.History{Calls: make([]wire.CallRecord, 2), Order: []int{0, 1}, Choices: [][]int{{0, 1}, {1}}}
				}
				all = append(all, h)
			}
			return all, nil
		})
		if err != nil || !specs[0].leftOut() || runs != cut+1 {
			t.Errorf("%d: %+v after %d runs, %v", cut, specs, runs, err)
		}
	}
}
