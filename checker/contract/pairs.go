package contract

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// Some defects show only in a certain pattern of two operations, x and y, or of three.
// There are too many for all of them: each x is tried with those that matter most to it.

// partners is how many operations are tried as the partner of another one, and
// witnessed, as one of two partners.
const (
	partners  = 8
	witnessed = 5
)

// pairRuns is, for a pair, what mostRuns is for others.
const pairRuns = 60

const (
	toldEach   = 2
	fewRivals  = 20
	manyRivals = 130 // more than anybody should give up after
)

var (
	echoShape    = Shape{Budget: 4, Preempted: 8, Slow: 24, Stopped: 64}
	witnessShape = Shape{Budget: 2, Preempted: 4, Slow: 24, Stopped: 8}
	trioShape    = Shape{Budget: 1, Stopped: 64}
	twinShape    = Shape{Budget: 1, Slow: 16}
	rivalShape   = Shape{Budget: 1} // and those schedules in which one tries in vain
)

// echo is a call that is made twice at the same time, and a change in between: what was
// prepared for the one may reach the other.
func echo(x, y int) [][]wire.Invocation {
	return [][]wire.Invocation{{{Op: x}}, {{Op: y}, {Op: x}}}
}

// witness is a call that may see two changes: what it reads in two steps may show the second
// of them and not the first.
func witness(x, y, z int) [][]wire.Invocation {
	return [][]wire.Invocation{{{Op: x}}, {{Op: y}, {Op: z}}}
}

// trio is a call that may see two changes half done, which are made at the same time.
func trio(x, y, z int) [][]wire.Invocation {
	return [][]wire.Invocation{{{Op: y}}, {{Op: z}}, {{Op: x}}}
}

// twins are two of the same call, who may both wait for another one: it may tell one of them
// that it is over, and forget the other. That one comes first: where it is slow, they wait.
func twins(x, y int) [][]wire.Invocation {
	return [][]wire.Invocation{{{Op: y}}, {{Op: x}}, {{Op: x}}}
}

// rivals are a call and many that may be in its way.
func rivals(x, y, many int) [][]wire.Invocation {
	return [][]wire.Invocation{slices.Repeat([]wire.Invocation{{Op: y}}, many), {{Op: x}}}
}

// addPairs adds, for each operation, its echoes and twins, the same call among rivals, among very
// many rivals that do the same, and beside two changes, in turn or at the same time.
func (b *Book) addPairs(g *generator, run Runner) error {
	for _, pattern := range []struct {
		shape Shape
		with  func(x int) [][][]wire.Invocation
		best  func(x, y candidate) int
	}{
		{echoShape, g.echoes, byOutcomes},
		{twinShape, g.twins, bySimplicity},
		{rivalShape, g.crowded, byOutcomes},
		{witnessShape, g.witnesses, byOutcomes},
		{trioShape, g.trios, byOutcomes},
	} {
		scenarios, err := g.telling(run, pattern.with, pattern.best)
		if err != nil {
			return err
		}
		if err := b.addSome(scenarios, pattern.shape, pairRuns, run); err != nil {
			return err
		}
	}
	return b.addRivals(g, run)
}

func (g *generator) echoes(x int) (all [][][]wire.Invocation) {
	for _, y := range g.some(partners) {
		all = append(all, echo(x, y))
	}
	return all
}

func (g *generator) twins(x int) (all [][][]wire.Invocation) {
	for _, y := range g.ops {
		all = append(all, twins(x, y))
	}
	return all
}

func (g *generator) crowded(x int) (all [][][]wire.Invocation) {
	for _, y := range g.ops {
		all = append(all, rivals(x, y, fewRivals))
	}
	return all
}

func (g *generator) witnesses(x int) (all [][][]wire.Invocation) {
	changes := g.some(witnessed)
	for _, y := range changes {
		for _, z := range changes {
			if z != x { // an echo
				all = append(all, witness(x, y, z))
			}
		}
	}
	return all
}

func (g *generator) trios(x int) (all [][][]wire.Invocation) {
	if g.terms.Ops[x].Vague {
		return nil
	}
	changes := g.some(witnessed)
	for i, y := range changes {
		for _, z := range changes[i:] {
			all = append(all, trio(x, y, z))
		}
	}
	return all
}

// telling are, of the scenarios that there are for each operation, the best, and none with
// only one outcome.
func (g *generator) telling(run Runner, of func(x int) [][][]wire.Invocation, best func(x, y candidate) int) (told []wire.Scenario, err error) {
	var each [][]wire.Scenario // by operation
	for _, x := range g.ops {
		var some []wire.Scenario
		for _, threads := range of(x) {
			some = append(some, wire.Scenario{Setup: g.setup(), Threads: threads})
		}
		each = append(each, some)
	}
	sketches, err := sketch(slices.Concat(each...), run)
	if err != nil {
		return nil, err
	}
	for _, scenarios := range each {
		var some []candidate
		for i, scenario := range scenarios {
			if outcomes := sketches[i].answers(); outcomes > 1 {
				some = append(some, candidate{Scenario: scenario, outcomes: outcomes})
			}
		}
		sketches = sketches[len(scenarios):]
		slices.SortStableFunc(some, best)
		for _, c := range some[:min(toldEach, len(some))] {
			told = append(told, c.Scenario)
		}
	}
	return told, nil
}

// some are operations drawn at random, in the order in which the contract lists them:
// simple ones usually come first.
func (g *generator) some(n int) []int { return g.someOf(g.ops, n) }

func (g *generator) someOf(ops []int, n int) []int {
	all := slices.Clone(ops)
	g.rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:min(n, len(all))]
	slices.Sort(all)
	return all
}

// addSome adds those of the scenarios that have no more orders than most.
func (b *Book) addSome(scenarios []wire.Scenario, shape Shape, most int, run Runner) error {
	specs, err := specify(scenarios, shape, most, run)
	b.Concurrent = append(b.Concurrent, slices.DeleteFunc(specs, Spec.leftOut)...)
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
