package contract

import (
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

// What is made alone is in no scenario of several goroutines, and in some of one. What
// is made apart is in no scenario with other calls, and in some without.
func TestAlone(t *testing.T) {
	withAlone := wire.Terms{Setups: terms.Setups, Ops: slices.Concat(terms.Ops, []wire.Operation{{Text: "a.Balance()", Alone: true}, {Text: "a.Balance()", Apart: true}})}
	const alone, apart = 2, 3
	g := newGenerator(withAlone)
	all := slices.Concat(g.everyCall(), g.of(sequences), g.bursts(), g.crowds())
	for _, shape := range shapes {
		all = append(all, g.of(shape)...)
	}
	asked := map[int]bool{}
	for _, s := range all {
		has := func(op int) bool {
			return slices.ContainsFunc(slices.Concat(s.Threads...), func(in wire.Invocation) bool { return in.Op == op })
		}
		if has(alone) && len(s.Threads) > 1 {
			t.Errorf("%s has a call that is made alone", s)
		}
		if has(apart) && s.Calls() > 1 {
			t.Errorf("%s has a call that is made apart", s)
		}
		asked[alone], asked[apart] = asked[alone] || has(alone), asked[apart] || has(apart)
	}
	if !asked[alone] || !asked[apart] {
		t.Error("what is made alone or apart is never made")
	}
}
