package explore

import (
	"slices"
	"testing"
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
