package contract

import (
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

// What is made alone is in no scenario of several goroutines, and in some of one.
func TestAlone(t *testing.T) {
	withAlone := wire.Terms{Setups: terms.Setups, Ops: slices.Concat(terms.Ops, []wire.Operation{{Text: "a.Balance()", Alone: true}})}
	const alone = 2
	g := newGenerator(withAlone)
	asked := false
	for _, shape := range slices.Concat(sequences, shapes) {
		for _, s := range g.of(shape) {
			has := slices.ContainsFunc(slices.Concat(s.Threads...), func(in wire.Invocation) bool { return in.Op == alone })
			if has && len(s.Threads) > 1 {
				t.Errorf("%s has a call that is made alone", s)
			}
			asked = asked || has
		}
	}
	if !asked {
		t.Error("what is made alone is never made")
	}
}
