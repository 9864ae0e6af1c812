package explore

import (
	"maps"
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

// Reversing what is dependent sees all that a search of all schedules sees in
// which no timer overtakes anybody, and hardly any interleaving twice.
func TestDPORSeesAllOutcomes(t *testing.T) {
	runs, interleavings, searched, programs := 0, 0, 0, 0
	for i, sh := range shapes {
		for seed := range seeds(40) {
			p := makeProgram(sh, uint64(seed))
			timely := *p
			timely.late = 0
			full, dry := searchAll(t, &timely, Unbounded, false)
			got := reverseAll(t, p)
			for end := range got.ends {
				if dry && !full.ends[end] {
					t.Errorf("shape %d, seed %d: there is no %q\n%s", i, seed, end, listing(p))
				}
			}
			if !dry || got.bound != Unbounded {
				continue
			}
			programs++
			runs, interleavings, searched = runs+got.runs, interleavings+len(got.states), searched+full.runs
			if !maps.Equal(full.states, got.states) || !maps.Equal(full.ends, got.ends) {
				t.Fatalf("shape %d, seed %d: %d and %d states\nsearch: %q\ndpor: %q\n%s", i, seed, len(full.states), len(got.states),
					slices.Sorted(maps.Keys(full.ends)), slices.Sorted(maps.Keys(got.ends)), listing(p))
			}
		}
	}
	t.Logf("%d programs: %d schedules for %d interleavings; a search runs %d", programs, runs, interleavings, searched)
	if programs < seeds(40)/4*len(shapes) || runs > interleavings*5/4 {
		t.Errorf("%d programs, %d schedules for %d interleavings", programs, runs, interleavings)
	}
}

func reverseAll(t *testing.T, p *program) seenBy {
	t.Helper()
	v := NewDPOR(0)
	got, claims := seenBy{ends: map[string]bool{}}, true
	err := drive(t.Context(), &simRunner{p: p, window: 3}, v, always, func(r Ran) {
		got.runs++
		got.ends[endOf(r)] = true
		claims = claims && r.Ending.End == wire.AllEnded
	})
	if err != nil {
		t.Fatal(err)
	}
	if v.ends.undetermined > 0 || v.Claim().All() != claims {
		t.Errorf("%d were not led, claim %v\n%s", v.ends.undetermined, v.Claim(), listing(p))
	}
	got.states, got.bound = v.ends.states, v.Claim().Bound
	return got
}
