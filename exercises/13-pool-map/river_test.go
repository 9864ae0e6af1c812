package river_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	river "racelab/exercises/13-pool-map"
)

// downstream are so many bottles, one every ten kilometres.
func downstream(n int) []river.Bottle {
	bottles := make([]river.Bottle, n)
	for i := range bottles {
		bottles[i] = river.Bottle{Km: 10 * i, Depth: 1}
	}
	return bottles
}

// nitrate is a reading by which the bottle is recognised.
func nitrate(b river.Bottle) river.Reading { return river.Reading(100*b.Km + b.Depth) }

// wantProfile checks that there is a reading for each bottle, in the order of
// the bottles, and records them.
func wantProfile(t *testing.T, got []river.Reading, bottles []river.Bottle) {
	t.Helper()
	var want []river.Reading
	for _, b := range bottles {
		want = append(want, nitrate(b))
	}
	if !slices.Equal(got, want) {
		t.Errorf("the profile is %v, want %v", got, want)
	}
	t.Attr("profile", fmt.Sprint(got))
}

// wantReadings checks that there is a reading for each bottle. The order is for
// other tests.
func wantReadings(t *testing.T, got []river.Reading, bottles []river.Bottle) {
	t.Helper()
	got = slices.Clone(got)
	slices.Sort(got)
	wantProfile(t, got, bottles)
}

// meeting returns a function that holds its callers up until n of them are there.
func meeting(n int32) func() {
	var here atomic.Int32
	all := make(chan struct{})
	return func() {
		if here.Add(1) == n {
			close(all)
		}
		<-all
	}
}

// As many bottles as analysers: each waits until all the others are busy, too,
// and then all readings are ready at the same moment.
func TestAllBusy(t *testing.T) {
	const n = 4
	bottles, meet := downstream(n), meeting(n)
	profile := river.Profile(bottles, n, func(b river.Bottle) river.Reading {
		meet()
		return nitrate(b)
	})
	wantProfile(t, profile, bottles)
}

// The bottle that is begun first takes the longest: it is not ready before the
// other analyser has come to the last.
func TestSlowBottle(t *testing.T) {
	bottles := downstream(4)
	var begun atomic.Int32
	lastBegun := make(chan struct{})
	profile := river.Profile(bottles, 2, func(b river.Bottle) river.Reading {
		switch int(begun.Add(1)) {
		case 1:
			<-lastBegun
		case len(bottles):
			close(lastBegun)
		}
		return nitrate(b)
	})
	wantProfile(t, profile, bottles)
}

// One analyser: one bottle after the other.
func TestOneAnalyser(t *testing.T) { neverMore(t, 1, 3) }

// Two analysers: no third bottle is analysed at the same time.
func TestTwoAnalysers(t *testing.T) { neverMore(t, 2, 4) }

// neverMore makes a profile of n bottles, and counts those that are analysed at
// the same time.
func neverMore(t *testing.T, analysers int32, n int) {
	t.Helper()
	bottles := downstream(n)
	var busy atomic.Int32
	profile := river.Profile(bottles, int(analysers), func(b river.Bottle) river.Reading {
		if n := busy.Add(1); n > analysers {
			t.Errorf("%d bottles are analysed at the same time; there are analysers for %d", n, analysers)
		}
		time.Sleep(time.Millisecond) // others are likely to begin meanwhile
		busy.Add(-1)
		return nitrate(b)
	})
	wantReadings(t, profile, bottles)
}

// The list need not run downstream, and some bottles say the same. Each of
// those is analysed, and their readings, which differ, are in their places.
func TestAnyOrder(t *testing.T) {
	bottles := []river.Bottle{{Km: 30, Depth: 1}, {Km: 0, Depth: 2}, {Km: 0, Depth: 0}, {Km: 0, Depth: 2}, {Km: 10, Depth: 1}}
	twin := river.Bottle{Km: 0, Depth: 2}
	var analysed, twins atomic.Int32
	meet := meeting(2)
	profile := river.Profile(bottles, 2, func(b river.Bottle) river.Reading {
		analysed.Add(1)
		if b == twin {
			return river.Reading(-twins.Add(1))
		}
		if b.Depth == 1 {
			meet()
		}
		return nitrate(b)
	})
	if len(profile) == len(bottles) && profile[1] < profile[3] {
		profile[1], profile[3] = profile[3], profile[1] // whichever was first
	}
	if n := analysed.Load(); int(n) != len(bottles) {
		t.Errorf("%d bottles were analysed %d times", len(bottles), n)
	}
	want := []river.Reading{3001, -1, 0, -2, 1001}
	if !slices.Equal(profile, want) {
		t.Errorf("the profile is %v, want %v", profile, want)
	}
	t.Attr("profile", fmt.Sprint(profile))
}

// No bottles, or fewer than there are analysers.
func TestFewBottles(t *testing.T) {
	wantProfile(t, river.Profile(nil, 2, nitrate), nil)
	for n := range 2 {
		bottles := downstream(n)
		wantProfile(t, river.Profile(bottles, 3, nitrate), bottles)
	}
}

// Two rivers are analysed at the same time, by two analysers each, and from one
// list: all four are busy together.
func TestTwoRivers(t *testing.T) {
	bottles, meet := downstream(2), meeting(4)
	var profiles [2][]river.Reading
	var rivers sync.WaitGroup
	for i := range profiles {
		rivers.Go(func() {
			profiles[i] = river.Profile(bottles, 2, func(b river.Bottle) river.Reading {
				meet()
				return nitrate(b)
			})
		})
	}
	rivers.Wait()
	for _, profile := range profiles {
		wantReadings(t, profile, bottles)
	}
}

// A profile belongs to whoever asked for it: the next one leaves it as it is,
// and has nothing to do with what is appended to it.
func TestNextWeek(t *testing.T) {
	bottles := downstream(3)
	first := river.Profile(bottles, 1, nitrate)
	second := river.Profile(bottles, 1, func(b river.Bottle) river.Reading { return -nitrate(b) })
	first = append(first, 7)
	if want := []river.Reading{-1, -1001, -2001}; !slices.Equal(second, want) {
		t.Errorf("the profile of the second week is %v, want %v", second, want)
	}
	wantProfile(t, first[:len(first)-1], bottles)
}
