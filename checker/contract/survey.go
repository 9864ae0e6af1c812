package contract

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// specify runs each of the scenarios of a shape in every order. Those with more than most
// are left out.
func specify(scenarios []wire.Scenario, shape Shape, most int, run Runner) ([]Spec, error) {
	var all []*survey
	for _, scenario := range scenarios {
		s := Spec{Scenario: scenario.String(), Budget: shape.Budget, Preempted: shape.Preempted, Slow: shape.Slow, Stopped: shape.Stopped, Waits: shape.Waits}
		all = append(all, &survey{Spec: s, scenario: scenario, left: most, next: [][]int{nil}})
	}
	for {
		var wave []Try
		var of []*survey
		for _, s := range all {
			for _, order := range s.take() {
				wave, of = append(wave, Try{s.scenario, order}), append(of, s)
			}
		}
		if len(wave) == 0 {
			break
		}
		histories, err := run(wave)
		if err != nil {
			return nil, err
		}
		for i, h := range histories {
			of[i].learn(h, len(wave[i].Order))
		}
	}
	specs := make([]Spec, len(all))
	for i, s := range all {
		specs[i] = s.Spec
	}
	return specs, nil
}

// A survey runs a scenario in every order. Each run shows where another choice could have
// been made beyond the order that was asked for: these orders are run next, all together.
type survey struct {
	Spec
	scenario wire.Scenario
	next     [][]int
	left     int // how many orders may be run
}

// take returns the orders that are run next; none if the scenario is left out.
func (s *survey) take() [][]int {
	wave := s.next
	s.next = nil
	if s.left -= len(wave); s.left < 0 {
		s.Runs = nil
		return nil
	}
	return wave
}

// learn takes in a run that was asked for so many choices.
func (s *survey) learn(h wire.History, asked int) {
	if s.left < 0 {
		return
	}
	if !known(h) {
		s.left, s.next, s.Runs = -1, nil, nil
		return
	}
	if s.leftOut() && orders(h) > 4*float64(s.left) { // calls that block leave fewer than this says
		s.left = 0
	}
	for i := asked; i < len(h.Choices); i++ {
		for _, other := range h.Choices[i] {
			if other != h.Order[i] {
				s.next = append(s.next, append(slices.Clone(h.Order[:i]), other))
			}
		}
	}
	s.add(h)
}

// orders is in how many orders the steps of a run can be made, each thread's in its
// own.
func orders(h wire.History) float64 {
	all, made := 1.0, map[int]int{}
	for i, thread := range h.Order {
		made[thread]++
		all *= float64(i+1) / float64(made[thread])
	}
	return all
}
