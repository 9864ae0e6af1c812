package explore

import (
	"math/rand/v2"
	"slices"

	"racelab/checker/labrt/wire"
)

// TwoStops runs schedules in which a goroutine is stopped before it changes an atomic, then
// another one, and then a third goes on, or the first where there is none. Where somebody
// tries locks, one may be stopped while it holds one, and the first may come to its end before
// the third. What is right when
// one of them is slow may be wrong when two are: a sequence number that two writers have made
// even again, a cache that two readers fill. A bounded search would come to that late.
type TwoStops struct {
	JobList // what is left
	test    int
	rand    *rand.Rand // shuffles the jobs: there are many
	learned bool
}

// NewTwoStops returns the strategy for a test. It has no jobs until it has heard of a
// schedule without picks in which several goroutines use the same atomics.
func NewTwoStops(test int, r *rand.Rand) *TwoStops { return &TwoStops{test: test, rand: r} }

// A stop is before a change that a goroutine makes, which has taken so many steps.
type stop struct{ g, steps int }

// maxStops bounds the stops of a goroutine, and mostStops and mostUsers those of all, and who
// may go on: a program may start goroutines by the hundred.
const (
	maxStops  = 8
	mostStops = 40
	mostUsers = 10
)

// Learn queues a job for any two stops of two goroutines.
func (d *TwoStops) Learn(r Ran) {
	if d.learned || r.Job.Chooser != wire.Stay || len(r.Job.Picks) > 0 {
		return
	}
	d.learned = true
	tried := triedLocks(r.Trace)
	stops, users := stopsIn(r.Trace, tried)
	stops, users = stops[:min(mostStops, len(stops))], users[:min(mostUsers, len(users))]
	for _, a := range stops {
		for _, b := range stops {
			for _, to := range users {
				if a.g != b.g && to != b.g && (to != a.g || len(users) == 2) {
					d.add(wire.Picks{{Last: a.g, Steps: a.steps, To: b.g}, {Last: b.g, Steps: b.steps, To: to}})
				}
				if a.g != b.g && to != b.g && to != a.g && len(tried) > 0 { // once the first has finished
					d.add(wire.Picks{{Last: a.g, Steps: a.steps, To: b.g}, {Last: b.g, Steps: b.steps, To: a.g}, {Last: a.g, Steps: stepsOf(r.Trace, a.g), To: to}})
				}
			}
		}
	}
	d.rand.Shuffle(len(d.Jobs), func(i, j int) { d.Jobs[i], d.Jobs[j] = d.Jobs[j], d.Jobs[i] })
}

func (d *TwoStops) add(picks wire.Picks) {
	d.Jobs = append(d.Jobs, wire.Job{Test: d.test, Chooser: wire.Stay, Picks: picks})
}

// stopsIn are where goroutines may be stopped: before they change atomics that others use as
// well, and while they hold one of the locks that somebody tries. The users are those that use
// them. The first goroutine is none: it starts the others, and waits for them.
func stopsIn(t wire.Trace, tried map[int]bool) (stops []stop, users []int) {
	counts := func(s wire.Step) bool { return usesAtomic(s) || usesTried(s, tried) }
	shared := sharedObjects(slices.DeleteFunc(slices.Clone(t.Steps), func(s wire.Step) bool { return !counts(s) }))
	steps, of := map[int]int{}, map[int]int{} // by goroutine: steps and stops
	for _, s := range t.Steps {
		if next, _ := chosen(s); counts(s) && anyOf(shared, next.Objects) {
			if !slices.Contains(users, s.G) {
				users = append(users, s.G)
			}
			if changes(next) && steps[s.G] > 0 && of[s.G] < maxStops {
				of[s.G]++
				stops = append(stops, stop{s.G, steps[s.G]})
			}
		}
		steps[s.G]++
	}
	return stops, users
}

// triedLocks are the locks that somebody takes only if they are free.
func triedLocks(t wire.Trace) map[int]bool {
	tried := map[int]bool{}
	for _, s := range t.Steps {
		if next, _ := chosen(s); isTry(next.Op) {
			for _, o := range next.Objects {
				tried[o] = true
			}
		}
	}
	return tried
}

func isTry(op wire.Op) bool { return op == wire.OpTryLock || op == wire.OpTryRLock }

// usesTried reports whether a step tries a lock, or gives up one that others try.
func usesTried(s wire.Step, tried map[int]bool) bool {
	next, _ := chosen(s)
	return s.G > 0 && (isTry(next.Op) || next.Op == wire.OpUnlock && anyOf(tried, next.Objects))
}

// stepsOf is how many steps a goroutine takes.
func stepsOf(t wire.Trace, g int) (n int) {
	for _, s := range t.Steps {
		if s.G == g {
			n++
		}
	}
	return n
}

// changes reports whether a step may change what it is on.
func changes(p wire.Pending) bool { return p.Class != wire.Read && p.Class != wire.Peek }

// usesAtomic reports whether a step is one on an atomic, and not of the first goroutine.
func usesAtomic(s wire.Step) bool {
	switch next, _ := chosen(s); next.Op {
	case wire.OpLoad, wire.OpStore, wire.OpSwap, wire.OpMapRead, wire.OpMapWrite:
		return s.G > 0
	}
	return false
}
