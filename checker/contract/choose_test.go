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
