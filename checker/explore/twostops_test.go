package explore

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

// Two writers are stopped before what they change, and a reader goes on. The goroutine that
// starts them is not stopped, nor is anybody at what nobody else uses.
func TestTwoStops(t *testing.T) {
	var trace wire.Trace
	step := func(g int, op wire.Op, class wire.Class, object int) {
		trace.Steps = append(trace.Steps, wire.Step{G: g, Enabled: []wire.Pending{{G: g, Op: op, Class: class, Objects: []int{object}}}})
	}
	write := func(g int) {
		step(g, wire.OpLock, wire.Write, 3)
		step(g, wire.OpSwap, wire.Write, 1)
		step(g, wire.OpStore, wire.Write, 10+g)
		step(g, wire.OpStore, wire.Write, 2)
	}
	step(0, wire.OpStore, wire.Write, 1)
	write(1)
	write(2)
	step(3, wire.OpLoad, wire.Read, 1)
	step(3, wire.OpLoad, wire.Read, 2)

	d := NewTwoStops(0, rand.New(rand.NewPCG(1, 1)))
	d.Learn(Ran{Job: wire.Job{Chooser: wire.Stay}, Trace: trace})
	d.Learn(Ran{Job: wire.Job{Chooser: wire.Stay}, Trace: trace}) // it knows
	var got []string
	for j, ok := d.Next(); ok; j, ok = d.Next() {
		a, b := j.Picks[0], j.Picks[1]
		got = append(got, fmt.Sprintf("%d after %d, %d after %d, %d", a.Last, a.Steps, b.Last, b.Steps, b.To))
		if a.To != b.Last {
			t.Errorf("%+v", j.Picks)
		}
	}
	slices.Sort(got)
	want := []string{
		"1 after 1, 2 after 1, 3", "1 after 1, 2 after 3, 3", "1 after 3, 2 after 1, 3", "1 after 3, 2 after 3, 3",
		"2 after 1, 1 after 1, 3", "2 after 1, 1 after 3, 3", "2 after 3, 1 after 1, 3", "2 after 3, 1 after 3, 3",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A crowd is not stopped in all the ways that there are.
func TestTwoStopsOfACrowd(t *testing.T) {
	var trace wire.Trace
	for g := 1; g <= 200; g++ {
		for range 10 {
			trace.Steps = append(trace.Steps, wire.Step{G: g, Enabled: []wire.Pending{{G: g, Op: wire.OpStore, Class: wire.Write, Objects: []int{1}}}})
		}
	}
	d := NewTwoStops(0, rand.New(rand.NewPCG(1, 1)))
	d.Learn(Ran{Job: wire.Job{Chooser: wire.Stay}, Trace: trace})
	if n := len(d.Jobs); n == 0 || n > mostStops*mostStops*mostUsers {
		t.Errorf("%d jobs", n)
	}
}

// A writer holds a lock that a reader only tries, twice, and notes what it did behind that. The
// reader comes when one note is old and the lock is held: the first writer has come to its end.
func TestTwoStopsAtALockThatIsTried(t *testing.T) {
	var trace wire.Trace
	step := func(g int, op wire.Op, class wire.Class, object int) {
		trace.Steps = append(trace.Steps, wire.Step{G: g, Enabled: []wire.Pending{{G: g, Op: op, Class: class, Objects: []int{object}}}})
	}
	for _, g := range []int{1, 2, 2} {
		step(g, wire.OpLock, wire.Write, 1)
		step(g, wire.OpUnlock, wire.Write, 1)
		step(g, wire.OpStore, wire.Write, 2)
	}
	step(3, wire.OpTryLock, wire.Write, 1)
	step(3, wire.OpUnlock, wire.Write, 1)

	d := NewTwoStops(0, rand.New(rand.NewPCG(1, 1)))
	d.Learn(Ran{Job: wire.Job{Chooser: wire.Stay}, Trace: trace})
	want := wire.Picks{{Last: 1, Steps: 2, To: 2}, {Last: 2, Steps: 4, To: 1}, {Last: 1, Steps: 3, To: 3}}
	if !slices.ContainsFunc(d.Jobs, func(j wire.Job) bool { return slices.Equal(j.Picks, want) }) {
		t.Errorf("no %v among %d jobs", want, len(d.Jobs))
	}
}
