package explore

import (
	"slices"

	"racelab/checker/labrt/wire"
)

// Starvation runs for each goroutine that may try in vain a schedule in which it
// does, as often as the others can see to that: programs that give up after ten tries
// are wrong, and each further try makes it less likely that another strategy finds that.
// One that waits for a lock then does so once more, and gets that lock after all others.
// (Elsewhere a goroutine that spins is left out: see fair.go.)
type Starvation struct {
	JobList // what is left
	test    int
	learned bool
	longer  bool // there was a job with many tries, or there must be none
}

// NewStarvation returns the strategy for a test. It has no jobs until it has heard of
// the schedule without picks.
func NewStarvation(test int) *Starvation { return &Starvation{test: test} }

const (
	// maxVictims bounds the schedules of a test.
	maxVictims = 12
	// someVain and manyVain are for how many steps a victim tries in vain. Ten
	// thousand tries seem safe to somebody who writes a spin lock.
	someVain, manyVain = 300, 25_000
)

// Learn queues a job for every goroutine that spins, or tries something which
// another one touches too; of like goroutines, for one. The first that does not give
// up tries for much longer.
func (s *Starvation) Learn(r Ran) {
	switch {
	case !r.Answered():
	case r.Job.Chooser == wire.Starve && !s.longer && inVainFor(r.Trace) >= r.Job.Vain:
		j := r.Job
		j.Vain, j.Limit, s.longer = manyVain, 2*manyVain, true
		s.Jobs = append([]wire.Job{j}, s.Jobs...)
	case r.Job.Chooser == wire.Starve && r.Job.Length == 0 && locksAfterTrying(r):
		j := r.Job
		j.Length = 1
		s.Jobs = append([]wire.Job{j}, s.Jobs...)
	case r.Job.Chooser == wire.Stay && !s.learned && len(r.Job.Picks) == 0:
		s.learned = true
		if others(r.Trace) {
			s.begin(r)
		}
	}
}

// others reports whether somebody else could have gone on anywhere: else nobody sees to it that
// a try is in vain.
func others(t wire.Trace) bool {
	return slices.ContainsFunc(t.Steps, func(s wire.Step) bool { return len(s.Enabled) > 1 })
}

// vainIn is for how many steps somebody goes on in vain, or is waited for, in a program like
// that of r: all others can do meanwhile what they have to do.
func vainIn(r Ran) int { return max(someVain, r.Ending.Steps) }

// inVainFor is for how many steps somebody insisted on trying.
func inVainFor(t wire.Trace) (steps int) {
	for _, step := range t.Steps {
		if step.Insists {
			steps++
		}
	}
	return steps
}

// locksAfterTrying reports whether the victim of a schedule waits for a lock after it has tried
// something.
func locksAfterTrying(r Ran) bool {
	tried := false
	for _, step := range r.Trace.Steps {
		if step.G != r.Job.Depth {
			continue
		}
		switch next, _ := chosen(step); next.Op {
		case wire.OpTryLock, wire.OpTryRLock, wire.OpSwap:
			tried = true
		case wire.OpLock, wire.OpRLock:
			if tried {
				return true
			}
		}
	}
	return false
}

// begin queues the first jobs: for those that try, and for those that look again whether
// what they have read is still true.
func (s *Starvation) begin(r Ran) {
	alike, shared := newLikeness(r.Trace), sharedObjects(r.Trace.Steps)
	try, look := newVictims(), newVictims()
	again := looks{}
	for i, step := range r.Trace.Steps {
		next, _ := chosen(step)
		like := alike.of(next)
		if tries(step) && anyOf(shared, next.Objects) || spinsAfter(r.Trace, i) {
			try.add(step.G, like)
		}
		if again.take(step.G, next) && anyOf(shared, next.Objects) {
			look.add(step.G, like)
		}
		alike.take(next)
	}
	vain := vainIn(r)
	s.starve(try, vain, 0)
	for seed := range uint64(lookSeeds) {
		s.starve(look, vain, 1+seed)
	}
}

// lookSeeds is in how many schedules somebody reads what does not fit together.
const lookSeeds = 12

func (s *Starvation) starve(v *victims, vain int, seed uint64) {
	for _, g := range v.all() {
		s.Jobs = append(s.Jobs, wire.Job{Test: s.test, Chooser: wire.Starve, Seed: seed, Depth: g, Vain: vain})
	}
}

// victims are goroutines whose tries are to be in vain, of like ones the first and the
// last: they do the same, and may do it with a larger number each.
type victims struct {
	first []int
	alike []uint64       // what each of first is like
	last  map[uint64]int // that are like it
}

func newVictims() *victims { return &victims{last: map[uint64]int{}} }

func (v *victims) add(g int, like uint64) {
	_, known := v.last[like]
	switch {
	case slices.Contains(v.first, g):
	case known:
		v.last[like] = g
	case len(v.first) < maxVictims:
		v.first, v.alike, v.last[like] = append(v.first, g), append(v.alike, like), g
	}
}

// all are the victims, no more than maxVictims.
func (v *victims) all() []int {
	all := slices.Clone(v.first)
	for _, like := range v.alike {
		if g := v.last[like]; !slices.Contains(all, g) {
			all = append(all, g)
		}
	}
	return all[:min(maxVictims, len(all))]
}

// looks are the objects that goroutines have read, the latest one last.
type looks map[int][]int

// take notes a step of a goroutine, and reports whether it reads something again, and has
// read something else meanwhile.
func (l looks) take(g int, next wire.Pending) bool {
	if next.Op != wire.OpLoad || len(next.Objects) != 1 {
		return false
	}
	o, read := next.Objects[0], l[g]
	at := slices.Index(read, o)
	if at < 0 || at < len(read)-1 {
		l[g] = append(slices.DeleteFunc(read, func(r int) bool { return r == o }), o)
	}
	return at >= 0 && at < len(read)-1
}

// tries reports whether a step is one that may have no effect, and says so to the
// goroutine.
func tries(s wire.Step) bool {
	switch next, _ := chosen(s); next.Op {
	case wire.OpTryLock, wire.OpTryRLock, wire.OpSwap:
		return next.Class == wire.Write || next.Op == wire.OpTryRLock
	case wire.OpSelect:
		return s.Taken >= max(1, next.Cases) // the default
	}
	return false
}

// spinsAfter reports whether the goroutine of step i could go on and was not asked to.
func spinsAfter(t wire.Trace, i int) bool {
	if g := t.Steps[i].G; g != wire.Clock && i+1 < len(t.Steps) && !t.Steps[i+1].Stay {
		_, could := pendingOf(t.Steps[i+1], g)
		return could
	}
	return false
}

// sharedObjects are those that more than one goroutine touches in some steps.
func sharedObjects(steps []wire.Step) map[int]bool {
	by, shared := map[int]int{}, map[int]bool{}
	for _, step := range steps {
		next, _ := chosen(step)
		for _, o := range next.Objects {
			if g, ok := by[o]; ok && g != step.G {
				shared[o] = true
			}
			by[o] = step.G
		}
	}
	return shared
}

func anyOf(set map[int]bool, objects []int) bool {
	for _, o := range objects {
		if set[o] {
			return true
		}
	}
	return false
}
