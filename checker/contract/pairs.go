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
	echoesEach = 2
	fewRivals  = 20
	manyRivals = 130 // more than anybody should give up after
)

var (
	echoShape  = Shape{Budget: 4, Preempted: 8, Slow: 24}
	rivalShape = Shape{Budget: 1} // and those schedules in which one tries in vain
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

// addPairs adds, for each operation, its echoes, the same operations as rivals, and
// very many rivals that do the same.
func (b *Book) addPairs(g *generator, run Runner) error {
	echoes, crowded, err := g.echoes(run)
	if err != nil {
		return err
	}
	if err := b.addSome(echoes, echoShape, run); err != nil {
		return err
	}
	if err := b.addSome(crowded, rivalShape, run); err != nil {
		return err
	}
	return b.addRivals(g, run)
}

// echoes are, for each operation, those with most outcomes, and none with only one; and
// the same operations, of which one is made many times.
func (g *generator) echoes(run Runner) (echoes, crowded []wire.Scenario, err error) {
	var all []wire.Scenario
	for _, x := range g.ops {
		for _, y := range g.some(partners) {
			all = append(all, wire.Scenario{Setup: g.setup(), Threads: echo(x, y)})
		}
	}
	sketches, err := sketch(all, run)
	if err != nil {
		return nil, nil, err
	}
	of := map[int][]candidate{}
	for i, s := range sketches {
		if n := s.answers(); n > 1 {
			x := all[i].Threads[0][0].Op
			of[x] = append(of[x], candidate{Scenario: all[i], outcomes: n})
		}
	}
	for _, x := range g.ops {
		slices.SortStableFunc(of[x], byOutcomes)
		for _, c := range of[x][:min(echoesEach, len(of[x]))] {
			echoes = append(echoes, c.Scenario)
			crowded = append(crowded, wire.Scenario{Setup: c.Setup, Threads: rivals(x, c.Threads[1][0].Op, fewRivals)})
		}
	}
	return echoes, crowded, nil
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

// addSome adds those of the scenarios that have few orders.
func (b *Book) addSome(scenarios []wire.Scenario, shape Shape, run Runner) error {
	specs, err := specify(scenarios, pairRuns, run)
	for _, s := range specs {
		if !s.leftOut() {
			s.Budget, s.Preempted, s.Slow = shape.Budget, shape.Preempted, shape.Slow
			b.Concurrent = append(b.Concurrent, s)
		}
	}
	return err
}

// addRivals adds scenarios of many calls that are the same, if it makes no difference in
// which order they are made.
func (b *Book) addRivals(g *generator, run Runner) error {
	var all []wire.Scenario
	for _, x := range g.ops {
		all = append(all, wire.Scenario{Setup: g.setup(), Threads: rivals(x, x, manyRivals)})
	}
	sketches, err := sketch(all, run)
	for i, s := range sketches {
		if s.answers() == 1 {
			b.Concurrent = append(b.Concurrent, Spec{Scenario: all[i].String(), Budget: rivalShape.Budget, Same: true, Runs: s.Runs[:1]})
		}
	}
	return err
}
