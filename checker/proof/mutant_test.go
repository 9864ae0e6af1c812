package proof

import (
	"slices"
	"testing"
)

func TestChosen(t *testing.T) {
	if got := Chosen(5, 0, 1); !slices.Equal(got, []int{0, 1, 2, 3, 4}) {
		t.Error(got)
	}
	got := Chosen(100, 10, 1)
	if len(got) != 10 || !slices.IsSorted(got) || !slices.Equal(got, Chosen(100, 10, 1)) || slices.Equal(got, Chosen(100, 10, 2)) {
		t.Errorf("%v and %v", got, Chosen(100, 10, 2))
	}
}
