package contract

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"racelab/checker/labrt/wire"

	"github.com/google/go-cmp/cmp"
)

// A guest list that has one guest, a.
var guestTerms = wire.Terms{
	Setups: []string{`g := New("a")`},
	Ops: []wire.Operation{
		{Text: "g.Count()"}, {Text: "g.Names()"}, {Text: `g.Comes("b")`}, {Text: `g.Leaves("a")`}, {Text: `g.Comes("a")`}, {Text: "g.Names()", Finally: true},
	},
}

const (
	count = iota
	names
	bComes
	aLeaves
	aComes
	inTheEnd
)

// guests runs scenarios of one goroutine.
func guests(tries []Try) (histories []wire.History, err error) {
	for _, t := range tries {
		var h wire.History
		here := "a"
		for _, in := range append(t.Scenario.Threads[0], wire.Invocation{Op: inTheEnd}) {
			c := wire.CallRecord{Op: in.Op, Began: len(h.Calls) + 1, Ended: len(h.Calls) + 1, Finally: in.Op == inTheEnd, Result: "done"}
			switch in.Op {
			case count:
				c.Result = strconv.Itoa(len(here))
			case bComes:
				here += "b"
			case aLeaves:
				here = strings.ReplaceAll(here, "a", "")
			case aComes:
				here += "a"
			case names, inTheEnd:
				c.Result = here
			}
			h.Calls = append(h.Calls, c)
		}
		histories = append(histories, h)
	}
	return histories, nil
}

// One comes and another one leaves: there are as many as before. Whether one leaves and
// comes back, nobody can tell.
func TestDisguises(t *testing.T) {
	found, err := newGenerator(guestTerms).disguises(guests)
	if diff := cmp.Diff([]disguise{{0, bComes, aLeaves}, {0, aLeaves, bComes}}, found, cmp.AllowUnexported(disguise{})); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestDisguised(t *testing.T) {
	run := func(results ...string) (h wire.History) {
		for _, r := range results {
			h.Calls = append(h.Calls, wire.CallRecord{Result: r, Began: 1, Ended: 1})
		}
		return h
	}
	for _, tt := range []struct {
		results string
		want    bool
	}{
		{"1 a; 2 ab; 1 b", true},
		{"1 a; 2 ab; 1 a", false},
		{"1 a; 1 b; 1 c", false},
		{"1 a; 2 ab; 3 abc", false},
	} {
		three := strings.Split(tt.results, "; ")
		h := run(strings.Fields(three[0] + " done " + three[1] + " done " + three[2])...)
		if got := disguised(h, 2); got != tt.want {
			t.Errorf("%s: %t", tt.results, got)
		}
	}
}

// Whatever changes something is late, and some calls that do not look at it.
func TestLate(t *testing.T) {
	g := newGenerator(guestTerms)
	reads, writes, err := g.readsAndWrites(guests)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range g.lates(reads, writes) {
		got = append(got, s.String())
	}
	want := []string{"0.2.2-2.0", "0.2.2-2.1", "0.3.3-3.0", "0.3.3-3.1", "0.4.4-4.0", "0.4.4-4.1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	g.terms.Ops = slices.Clone(g.terms.Ops)
	g.terms.Ops[count].Vague = true
	if left := g.lates(reads, writes); len(left) != 3 {
		t.Errorf("what is left open is asked: %v", left)
	}
}
