package explore

import (
	"fmt"
	"testing"

	"racelab/checker/labrt/wire"

	"github.com/google/go-cmp/cmp"
)

// Of two goroutines, the second of which was let in between the two steps of the first.
func TestNeighbours(t *testing.T) {
	both := []wire.Pending{{G: 0}, {G: 1}}
	trace := wire.Trace{Parents: []int{-1, 0}, Steps: []wire.Step{
		{G: 0, Taken: -1, Stay: true, Enabled: []wire.Pending{{G: 0}}},
		{G: 1, Taken: -1, Stay: true, Enabled: both},
		{G: 0, Taken: -1, Stay: true, Enabled: both},
		{G: 1, Taken: -1, Enabled: []wire.Pending{{G: 1}}},
	}}
	var got []string
	for picks := range Neighbours(trace) {
		text := ""
		for _, p := range picks {
			text += fmt.Sprintf("%d after step %d of %d; ", p.To, p.Steps, p.Last)
		}
		got = append(got, text)
	}
	want := []string{
		"1 after step 1 of 0; 1 after step 1 of 1; ", // it goes on
		"0 after step 1 of 0; ",                      // it is not let in
		"0 after step 1 of 0; 0 after step 1 of 1; ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for range Neighbours(trace) {
		break
	}
	for range Neighbours(wire.Trace{}) {
		t.Error("nothing has a neighbour")
	}
}

// A goroutine that sleeps may wake up before another one goes on.
func TestNeighboursAreEarlier(t *testing.T) {
	trace := wire.Trace{Parents: []int{-1, 0}, Steps: []wire.Step{
		{G: 0, Taken: -1, Stay: true, Enabled: []wire.Pending{{G: 0}}},
		{G: 1, Taken: -1, Enabled: []wire.Pending{{G: 1}, {G: wire.Clock, Op: wire.OpTime}}},
	}}
	var got []wire.Picks
	for picks := range Neighbours(trace) {
		got = append(got, picks)
	}
	if want := []wire.Picks{{{Last: 0, Steps: 1, To: wire.Clock}}}; !cmp.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
