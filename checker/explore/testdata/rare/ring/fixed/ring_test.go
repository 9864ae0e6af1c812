package ring

import (
	"slices"
	"sync"
	"testing"
)

// The producer puts four numbers in, as far as there is room, and the consumer
// takes out what there is: in the same order.
func TestOrderIsKept(t *testing.T) {
	var r Ring
	var producer sync.WaitGroup
	producer.Go(func() {
		for n := 1; n <= 4; n++ {
			r.Push(n)
		}
	})
	var got []int
	take := func() {
		if n, ok := r.Pop(); ok {
			got = append(got, n)
		}
	}
	for range 3 {
		take()
	}
	producer.Wait()
	for range 2 {
		take()
	}

	if len(got) < 2 || !slices.IsSorted(got) {
		t.Errorf("the numbers %v came out", got)
	}
}
