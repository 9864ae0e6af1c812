package explore

import (
	"slices"
	"strings"
	"testing"

	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"
)

// What a schedule did can be said by picks: they lead to the same.
func TestPicksOfATraceLeadToIt(t *testing.T) {
	for i, sh := range shapes {
		for seed := range uint64(20) {
			p := makeProgram(sh, seed)
			for _, chooser := range []wire.Chooser{wire.Random, wire.POS, wire.PCT, wire.Stay, wire.Starve} {
				r := newMachine(p, wire.Job{Chooser: chooser, Seed: seed, Depth: 3, Length: 10}).run()
				picks, preemptions := PicksOf(r.Trace)
				again := newMachine(p, wire.Job{Chooser: wire.Stay, Picks: picks}).run()
				if schedule.Hash(again.Trace) != schedule.Hash(r.Trace) || again.Ending.Missed > 0 || endOf(again) != endOf(r) {
					t.Fatalf("shape %d, seed %d, %s: %v leads to another trace\n%s", i, seed, chooser, picks, listing(p))
				}
				same, n := PicksOf(again.Trace)
				if !slices.Equal(same, picks) || n != preemptions || len(Preemptions(r.Trace)) != n {
					t.Errorf("%v with %d preemptions becomes %v with %d", picks, preemptions, same, n)
				}
			}
		}
	}
}

// Schedules that differ in the order of independent steps alone end in the same
// state, whatever the numbers of goroutines and objects are in them.
func TestStatesAreThoseOfInterleavings(t *testing.T) {
	two := &program{funcs: [][]ins{
		{{do: "go", a: 1}, {do: "go", a: 2}},
		{{do: "set", a: 0}, {do: "load", a: 1, b: 1}},
		{{do: "add", a: 2, b: 1}, {do: "load", a: 1, b: 1}},
	}}
	states := map[uint64]bool{}
	for seed := range uint64(50) {
		states[stateOf(newMachine(two, wire.Job{Chooser: wire.Random, Seed: seed}).run().Trace)] = true
	}
	if len(states) != 1 {
		t.Errorf("%d states of independent goroutines", len(states))
	}

	two.funcs[2][0].a = 0
	states = map[uint64]bool{}
	for seed := range uint64(50) {
		states[stateOf(newMachine(two, wire.Job{Chooser: wire.Random, Seed: seed}).run().Trace)] = true
	}
	if len(states) != 2 {
		t.Errorf("%d states of goroutines that write the same", len(states))
	}
}

func load(g int) wire.Pending {
	return wire.Pending{G: g, Op: wire.OpLoad, Class: wire.Read, Objects: []int{1}}
}

func lock(g int) wire.Pending {
	return wire.Pending{G: g, Op: wire.OpLock, Class: wire.Write, Objects: []int{2}}
}

// Where somebody is left out for spinning nothing is claimed; a lock that is
// taken leaves nobody out.
func TestFairnessIsSeen(t *testing.T) {
	var long []wire.Step
	for range wire.LongRun {
		long = append(long, wire.Step{G: 0, Stay: true, Enabled: []wire.Pending{load(0), load(1)}})
	}
	without, with := wire.Step{G: 1, Enabled: []wire.Pending{load(1)}}, wire.Step{G: 0, Enabled: []wire.Pending{load(0)}}
	for name, c := range map[string]struct {
		steps         []wire.Step
		spins, leaves bool
	}{
		"it ends": {[]wire.Step{
			{G: 0, Enabled: []wire.Pending{load(0), load(1)}}, {G: 1, Enabled: []wire.Pending{load(1)}},
		}, false, false},
		"somebody has the lock": {[]wire.Step{
			{G: 0, Enabled: []wire.Pending{lock(0), lock(1)}},
			{G: 0, Stay: true, Enabled: []wire.Pending{load(0)}},
			{G: 1, Enabled: []wire.Pending{lock(1)}},
		}, false, false},
		"it yields": {[]wire.Step{
			{G: 0, Enabled: []wire.Pending{{G: 0, Op: wire.OpGosched}, load(1)}},
			{G: 1, Enabled: []wire.Pending{load(0), load(1)}},
		}, false, false},
		"it spins, and ends": {[]wire.Step{
			{G: 0, Enabled: []wire.Pending{load(0), load(1)}},
			{G: 0, Enabled: []wire.Pending{load(0), load(1)}},
			{G: 1, Enabled: []wire.Pending{load(1)}},
		}, true, false},
		"it spins and is left out": {[]wire.Step{
			{G: 0, Enabled: []wire.Pending{load(0), load(1)}},
			{G: 0, Enabled: []wire.Pending{load(0), load(1)}},
			{G: 1, Enabled: []wire.Pending{load(1)}},
			{G: 0, Enabled: []wire.Pending{load(0)}},
		}, true, true},
		"another one is left out": {[]wire.Step{
			{G: 0, Enabled: []wire.Pending{load(0), load(1)}},
			{G: 0, Stay: true, Enabled: []wire.Pending{load(0)}},
		}, false, true},
		"it has gone on for long, and ends":        {append(long[:wire.LongRun:wire.LongRun], without), false, false},
		"it has gone on for long, and is left out": {append(long[:wire.LongRun:wire.LongRun], without, with), false, true},
		"it has gone on for less long":             {append(long[1:wire.LongRun:wire.LongRun], without, with), false, false},
	} {
		trace := wire.Trace{Parents: []int{-1, 0}, Steps: c.steps}
		if spins(trace) != c.spins || leftOut(trace) != c.leaves {
			t.Errorf("%s: spins %t, leaves out %t", name, spins(trace), leftOut(trace))
		}
	}
}

// A child can send what it likes: it must not bring us down.
func FuzzWalk(f *testing.F) {
	for i, sh := range shapes {
		f.Add(encodeTrace(newMachine(makeProgram(sh, uint64(i)), wire.Job{Chooser: wire.Random}).run().Trace))
	}
	f.Fuzz(func(t *testing.T, text string) {
		trace, err := wire.DecodeTrace(text)
		if err != nil || !Sound(trace) {
			return
		}
		r := Ran{Trace: trace, Ending: wire.Ending{End: wire.AllEnded}}
		for _, s := range []Strategy{NewBoundedSearch(0, 2), NewDPOR(0), NewConflictFirst(0), NewPlan(0, 1)} {
			for range 3 {
				if job, ok := s.Next(); ok {
					s.Learn(Ran{Job: job, Trace: r.Trace, Ending: r.Ending})
				}
			}
		}
		PicksOf(trace)
		schedule.Of("TestX", wire.Job{}, trace).Print.Diverges(trace)
	})
}

func TestForgedTracesAreNotSound(t *testing.T) {
	ok := func() wire.Trace {
		return wire.Trace{Parents: []int{-1, 0}, Steps: []wire.Step{{G: 1, Taken: -1, Enabled: []wire.Pending{load(0), load(1)}}}}
	}
	if !Sound(ok()) {
		t.Fatal("not sound")
	}
	for name, spoil := range map[string]func(*wire.Trace){
		"a parent that comes later": func(t *wire.Trace) { t.Parents[1] = 1 },
		"a step of nobody":          func(t *wire.Trace) { t.Steps[0].G = 2 },
		"no candidates":             func(t *wire.Trace) { t.Steps[0].Enabled = nil },
		"an unknown goroutine":      func(t *wire.Trace) { t.Steps[0].Enabled[0].G = 7 },
		"an unknown class":          func(t *wire.Trace) { t.Steps[0].Enabled[0].Class = 9 },
		"a clock that loads":        func(t *wire.Trace) { t.Steps[0].Enabled[0].G = wire.Clock },
		"time that a load takes":    func(t *wire.Trace) { t.Steps[0].Enabled[0].Op = wire.OpTime },
		"too many cases":            func(t *wire.Trace) { t.Steps[0].Enabled[0].Cases = 1 << 40 },
		"a case that is not there":  func(t *wire.Trace) { t.Steps[0].Case = 1 },
		"an object out of order":    func(t *wire.Trace) { t.Steps[0].Enabled[0].Objects = []int{1 << 40} },
	} {
		trace := ok()
		if spoil(&trace); Sound(trace) {
			t.Errorf("%s: sound", name)
		}
	}
}

// encodeTrace writes a trace as the run-time does.
func encodeTrace(t wire.Trace) string {
	var b strings.Builder
	number := func(xs ...int) {
		for _, x := range xs {
			for ; x >= 32; x >>= 5 {
				b.WriteByte(wire.Digits[32+x&31])
			}
			b.WriteByte(wire.Digits[x])
		}
	}
	for g, parent := range t.Parents {
		site := 0
		if g < len(t.Sites) {
			site = t.Sites[g]
		}
		number(wire.RecordSpawn, parent+1, site)
	}
	for _, s := range t.Steps {
		flags := 0
		if s.Stay {
			flags |= 1
		}
		if s.Insists {
			flags |= 2
		}
		number(wire.RecordStep, s.G+1, s.Case, flags, len(s.Enabled))
		for _, p := range s.Enabled {
			number(p.G+1, int(p.Op), int(p.Class), p.Cases, len(p.Objects))
			number(p.Objects...)
		}
		if s.Taken >= 0 {
			number(wire.RecordTaken, s.Taken)
		}
	}
	return b.String()
}
