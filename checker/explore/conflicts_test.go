package explore

import (
	"testing"

	"racelab/checker/labrt/wire"
)

// halfAPair is n goroutines that set two variables, and one that must not see the
// first alone.
func halfAPair(n int) *program {
	p := &program{funcs: [][]ins{
		nil,
		done([]ins{{do: "set", a: 0, b: 1}, {do: "set", a: 1, b: 1}}),
		done([]ins{
			{do: "load", a: 0, b: 1},
			{do: "is", a: 1, b: 0},
			{do: "skip", a: 1, b: 2},
			{do: "load", a: 1, b: 1},
			{do: "fail", a: 1, b: 1},
		}),
	}}
	p.funcs[0] = []ins{{do: "wgadd", b: n + 1}}
	for range n {
		p.funcs[0] = append(p.funcs[0], ins{do: "go", a: 1})
	}
	p.funcs[0] = append(p.funcs[0], ins{do: "go", a: 2}, ins{do: "wgwait"})
	return p
}

// However many goroutines are alike, one of them is tried.
func TestLikeGoroutinesCostNothing(t *testing.T) {
	for _, n := range []int{2, 5, 20} {
		o := explore(t, halfAPair(n), Options{Budget: Budget{Schedules: 100}, Strategy: NewConflictFirst(0), Failures: 1, Minimise: -1})
		if f, ok := failure(o, Failed); !ok || f.Number > 3 {
			t.Errorf("%d like goroutines: %+v after %d schedules", n, o.Failures, o.Coverage.Schedules)
		}
		o = explore(t, halfAPair(n), Options{Budget: Budget{Schedules: 100}, Failures: 1})
		if f, ok := failure(o, Failed); !ok || f.Number > 20 || !f.Reproduced {
			t.Errorf("%d like goroutines, by default: %+v after %d schedules", n, o.Failures, o.Coverage.Schedules)
		}
	}
}

// ConflictFirst goes where it means to, and comes to an end; conflicts come before
// what is independent.
func TestConflictFirstGoesWhereItMeansTo(t *testing.T) {
	for i, sh := range shapes {
		for seed := range seeds(20) {
			p, s := makeProgram(sh, uint64(seed)), NewConflictFirst(0)
			least, runs := 0, 0
			err := drive(t.Context(), &simRunner{p: p}, &costly{s, &least, t}, func(sent int) bool { return sent < fewRuns }, func(r Ran) {
				runs++
				if r.Ending.Missed > 0 || Overtakes(r.Trace) {
					t.Errorf("shape %d, seed %d: picks %v, %d missed", i, seed, r.Job.Picks, r.Ending.Missed)
				}
			})
			if err != nil || runs == 0 {
				t.Fatal(runs, err)
			}
		}
	}
}

// costly sees to it that no job costs less than one before it.
type costly struct {
	*ConflictFirst
	least *int
	t     *testing.T
}

func (c *costly) Next() (wire.Job, bool) {
	j, ok := c.ConflictFirst.Next()
	if ok {
		used := c.flying[len(c.flying)-1].used
		if used < *c.least {
			c.t.Errorf("picks %v cost %d, after others that cost %d", j.Picks, used, *c.least)
		}
		*c.least = used
	}
	return j, ok
}

func TestDeparture(t *testing.T) {
	step := func(g int, class wire.Class, object int) wire.Pending {
		return wire.Pending{G: g, Op: wire.OpSwap, Class: class, Objects: []int{object}}
	}
	for name, c := range map[string]struct {
		latest, goes, next wire.Pending
		want               int
	}{
		"what was written is read":       {step(1, wire.Write, 1), step(1, wire.Write, 2), step(2, wire.Read, 1), costConflict},
		"what was read is read":          {step(1, wire.Read, 1), step(1, wire.Write, 2), step(2, wire.Read, 1), costOther},
		"the same goroutine goes on":     {step(2, wire.Write, 1), step(1, wire.Write, 2), step(2, wire.Read, 1), costOther},
		"the next step is overtaken":     {step(1, wire.Write, 3), step(1, wire.Write, 1), step(2, wire.Read, 1), costRivals},
		"additions come in any order":    {step(1, wire.Add, 1), step(1, wire.Add, 1), step(2, wire.Add, 1), costOther},
		"nothing has to do with another": {step(1, wire.Write, 3), step(1, wire.Write, 2), step(2, wire.Write, 1), costOther},
	} {
		if got := departure(c.latest, c.goes, c.next); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
