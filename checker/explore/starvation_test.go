package explore

import (
	"slices"
	"testing"

	"racelab/checker/labrt/wire"
)

// Of like goroutines the first and the last are victims, but first one of each sort.
func TestVictims(t *testing.T) {
	const like, other, alone = 7, 8, 9
	v := newVictims()
	for _, tries := range []struct {
		g    int
		like uint64
	}{{1, like}, {2, like}, {2, alone}, {3, like}, {4, other}, {3, like}, {5, other}, {4, alone}} {
		v.add(tries.g, tries.like)
	}
	if got, want := v.all(), []int{1, 2, 4, 3, 5}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for g := range 3 * maxVictims {
		v.add(10+g, uint64(100+g))
	}
	if got := v.all(); len(got) != maxVictims {
		t.Errorf("%d victims", len(got))
	}
}

// Where no other goroutine could have gone on, a try cannot be in vain.
func TestStarvesBesideOthers(t *testing.T) {
	try := wire.Pending{G: 1, Op: wire.OpTryLock, Class: wire.Write, Objects: []int{1}}
	lock := wire.Pending{G: 0, Op: wire.OpLock, Class: wire.Write, Objects: []int{1}}
	for _, tt := range []struct {
		enabled []wire.Pending // at the step that tries
		want    bool
	}{
		{[]wire.Pending{try}, false},
		{[]wire.Pending{try, lock}, true},
	} {
		s := NewStarvation(0)
		s.Learn(Ran{Job: wire.Job{Chooser: wire.Stay}, Trace: wire.Trace{
			Parents: []int{-1, 0},
			Sites:   []int{0, 0},
			Steps:   []wire.Step{{G: 1, Taken: -1, Enabled: tt.enabled}, {G: 0, Taken: -1, Enabled: []wire.Pending{lock}}},
		}})
		if j, ok := s.Next(); ok != tt.want || ok && j.Depth != try.G {
			t.Errorf("beside %d others: %+v, %v", len(tt.enabled)-1, j, ok)
		}
	}
}
