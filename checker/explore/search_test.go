package explore

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"racelab/checker/labrt/wire"
)

// seenBy are the outcomes that a search sees of a program.
type seenBy struct {
	ends   map[string]bool
	states map[uint64]struct{}
	runs   int
	bound  int
}

const fewRuns = 6000

func searchAll(t *testing.T, p *program, bound int, plain bool) (seenBy, bool) {
	t.Helper()
	s := NewBoundedSearch(0, bound)
	s.plain = plain
	got, most := seenBy{ends: map[string]bool{}}, 0
	err := drive(context.Background(), &simRunner{p: p, window: 3}, s, func(sent int) bool { return sent < fewRuns }, func(r Ran) {
		got.runs++
		got.ends[endOf(r)] = true
		if _, preemptions := PicksOf(r.Trace); preemptions < most || preemptions > bound {
			t.Errorf("bound %d: a schedule with %d preemptions after one with %d", bound, preemptions, most)
		} else {
			most = preemptions
		}
		if r.Ending.Missed > 0 {
			t.Errorf("picks %v were missed", r.Job.Picks)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.ends.undetermined > 0 {
		t.Errorf("%d schedules did not go the way that was expected of them", s.ends.undetermined)
	}
	got.states, got.bound = s.ends.states, s.proven.Bound
	return got, s.level == len(s.levels)
}

func endOf(r Ran) string {
	e := r.Ending
	return fmt.Sprint(e.End, e.Over, e.Failed, e.Left, e.Races > 0, e.Virtual, " ", e.Shown)
}

func listing(p *program) string {
	var b strings.Builder
	for f, code := range p.funcs {
		fmt.Fprintf(&b, "%d:", f)
		for _, in := range code {
			fmt.Fprintf(&b, " %s %d %d %v;", in.do, in.a, in.b, in.cases)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// seeds is how many of n programs of each shape a test looks at.
func seeds(n int) int {
	if testing.Short() {
		return n / 5
	}
	return n
}

// The reduction leaves nothing out: whatever a search of all schedules sees, one
// of those that differ by more than the order of independent steps sees as well.
func TestReducedSearchSeesAllOutcomes(t *testing.T) {
	programs, compared := seeds(20), 0
	for _, bound := range []int{0, 1, 2, Unbounded} {
		reducedRuns, plainRuns := 0, 0
		for i, sh := range shapes {
			for seed := range programs {
				p := makeProgram(sh, uint64(seed))
				plain, dry := searchAll(t, p, bound, true)
				if !dry {
					continue
				}
				reduced, _ := searchAll(t, p, bound, false)
				compared++
				reducedRuns += reduced.runs
				plainRuns += plain.runs
				if !maps.Equal(plain.ends, reduced.ends) || !maps.Equal(plain.states, reduced.states) || plain.bound > reduced.bound || reduced.bound < bound {
					t.Fatalf("shape %d, seed %d, bound %d: %d and %d states, bounds %d and %d\nall schedules: %q\nreduced: %q\n%s", i, seed, bound,
						len(plain.states), len(reduced.states), plain.bound, reduced.bound,
						slices.Sorted(maps.Keys(plain.ends)), slices.Sorted(maps.Keys(reduced.ends)), listing(p))
				}
			}
		}
		t.Logf("bound %d: %d schedules instead of %d", bound, reducedRuns, plainRuns)
	}
	if compared < 3*len(shapes)*programs {
		t.Errorf("compared %d programs only", compared)
	}
}

// What was claimed holds against schedules that were not chosen by the search:
// none of those with few enough preemptions shows anything new.
func TestSamplesShowNothingBeyondAFullSearch(t *testing.T) {
	for i, sh := range shapes {
		for seed := range seeds(20) {
			p := makeProgram(sh, uint64(1000+seed))
			for _, bound := range []int{0, 1, 2, Unbounded} {
				full, dry := searchAll(t, p, bound, false)
				if !dry {
					continue
				}
				for s := range 60 {
					r := newMachine(p, wire.Job{Chooser: wire.Random, Seed: uint64(s)}).run()
					_, preemptions := PicksOf(r.Trace)
					if preemptions > full.bound {
						continue
					}
					if _, known := full.states[stateOf(r.Trace)]; !known || !full.ends[endOf(r)] {
						t.Fatalf("shape %d, seed %d, bound %d: a schedule with %d preemptions gives %q\n%s",
							i, seed, bound, preemptions, endOf(r), listing(p))
					}
				}
			}
		}
	}
}
func always(int) bool { return true }
