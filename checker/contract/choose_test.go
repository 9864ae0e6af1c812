package contract

import (
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

// No two operations meet a second time before all of them have met once.
func TestChoose(t *testing.T) {
	named := func(texts ...string) (all []Spec) {
		for _, text := range texts {
			all = append(all, Spec{Scenario: text})
		}
		return all
	}
	m := meetings{}
	chosen := m.choose(named("0.1.1", "1.1.1", "0.0.1", "1.1.0", "0.0h.1"), 3)
	var got []string
	for _, s := range chosen {
		got = append(got, s.Scenario)
	}
	if want := []string{"0.1.1", "0.0.1", "0.0h.1"}; !slices.Equal(got, want) {
		t.Errorf("chose %v, want %v", got, want)
	}
	if again := m.choose(named("0.1.1", "0.1-0.0-1"), 1); again[0].Scenario != "0.1-0.0-1" {
		t.Errorf("chose %s, in which nobody meets who has not met", again[0].Scenario)
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
