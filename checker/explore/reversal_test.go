package explore

import (
	"context"
	"maps"
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

// Reversing races sees all that a search of all schedules sees, in fewer.
func TestReversalSeesAllOutcomes(t *testing.T) {
	runs, interleavings, searched := 0, 0, 0
	for i, sh := range shapes {
		for seed := range 60 {
			p := makeProgram(sh, uint64(seed))
			full, dry := searchAll(t, p, free, false)
			if !dry {
				continue
			}
			v := NewReversal(0)
			ends, claims := map[string]bool{}, true
			err := drive(context.Background(), &simRunner{p: p, window: 3}, v, func(sent int) bool { return sent < fewRuns }, func(r Ran) {
				ends[endOf(r)] = true
				claims = claims && r.Ending.End == wire.AllEnded
			})
			if err != nil || v.record.undetermined > 0 || !v.Ended() {
				t.Fatal(err, v.record.undetermined, v.Ended())
			}
			if !claims {
				continue
			}
			runs, interleavings, searched = runs+v.runs, interleavings+len(full.states), searched+full.runs
			if !maps.Equal(full.states, v.record.states) || !maps.Equal(full.ends, ends) {
				t.Fatalf("shape %d, seed %d: %d and %d states\nsearch: %q\nreversal: %q\n%s", i, seed, len(full.states), len(v.record.states),
					slices.Sorted(maps.Keys(full.ends)), slices.Sorted(maps.Keys(ends)), listing(p))
			}
		}
	}
	t.Logf("%d schedules for %d interleavings; a search runs %d", runs, interleavings, searched)
}
