package contract

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// Some defects show only in a certain pattern of two operations, x and y. There are too
// many pairs for all of them: each x is tried with the y that matters most to it.

// partners is how many operations are tried as the partner of another one.
const partners = 8

// pairRuns is, for a pair, what mostRuns is for others.
const pairRuns = 60

const (
	echoesEach  = 2
	echoBudget  = 8
	rivalBudget = 1 // and those in which one tries in vain
	fewRivals   = 20
	manyRivals  = 130 // more than anybody should give up after
)

// echo is a call that is made twice at the same time, and a change in between: what was
// prepared for the one may reach the other.
func echo(x, y int) [][]wire.Invocation {
	return [][]wire.Invocation{{{Op: x}}, {{Op: y}, {Op: x}}}
}

// rivals are a call and many that may be in its way.
func rivals(x, y, many int) [][]wire.Invocation {
	return [][]wire.Invocation{slices.Repeat([]wire.Invocation{{Op: y}}, many), {{Op: x}}}
}

func (b *Book) addPairs(g *generator, run Runner) error {
	for _, x := range g.ops {
		echoes, err := g.echoes(x, run)
		if err != nil {
			return err
		}
		for _, c := range echoes {
			if err := b.addPair(c.Scenario, echoBudget, run); err != nil {
				return err
			}
			c.Threads = rivals(x, c.Threads[1][0].Op, fewRivals)
			if err := b.addPair(c.Scenario, rivalBudget, run); err != nil {
				return err
			}
		}
		if err := b.addRivals(wire.Scenario{Setup: g.setup(), Threads: rivals(x, x, manyRivals)}, run); err != nil {
			return err
		}
	}
	return nil
}

// echoes are those of x with most outcomes; none with only one.
func (g *generator) echoes(x int, run Runner) ([]candidate, error) {
	var scenarios []wire.Scenario
	for _, y := range g.some(partners) {
		scenarios = append(scenarios, wire.Scenario{Setup: g.setup(), Threads: echo(x, y)})
	}
	sketches, err := sketch(scenarios, run)
	if err != nil {
		return nil, err
	}
	var all []candidate
	for i, s := range sketches {
		if n := s.answers(); n > 1 {
			all = append(all, candidate{Scenario: scenarios[i], outcomes: n})
		}
	}
	slices.SortStableFunc(all, byOutcomes)
	return all[:min(echoesEach, len(all))], nil
}

// some are operations drawn at random, in the order in which the contract lists them:
// simple ones usually come first.
func (g *generator) some(n int) []int {
	all := slices.Clone(g.ops)
	g.rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:min(n, len(all))]
	slices.Sort(all)
	return all
}

func (b *Book) addPair(scenario wire.Scenario, budget int, run Runner) error {
	s, ok, err := specify(scenario, pairRuns, run)
	if s.Budget = budget; ok && err == nil {
		b.Concurrent = append(b.Concurrent, s)
	}
	return err
}

// addRivals adds a scenario of many calls, if it makes no difference in which order they
// are made.
func (b *Book) addRivals(scenario wire.Scenario, run Runner) error {
	sketches, err := sketch([]wire.Scenario{scenario}, run)
	if err != nil || sketches[0].answers() > 1 {
		return err
	}
	b.Concurrent = append(b.Concurrent, Spec{Scenario: scenario.String(), Budget: rivalBudget, Same: true, Runs: sketches[0].Runs[:1]})
	return nil
}
