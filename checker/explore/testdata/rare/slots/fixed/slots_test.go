package slots

import (
	"sync"
	"testing"
)

// One goroutine takes a slot, another takes two and gives the first one back.
// At the end each slot is in one place: with one of them or in the list.
func TestEachSlotIsInOnePlace(t *testing.T) {
	free := New(3)
	var mine, kept int
	var users sync.WaitGroup
	users.Go(func() { mine = free.Take() })
	users.Go(func() {
		slot := free.Take()
		kept = free.Take()
		free.Give(slot)
	})
	users.Wait()

	var places [3]int
	for _, slot := range []int{mine, kept, free.Take(), free.Take()} {
		if slot >= 0 {
			places[slot]++
		}
	}
	for slot, n := range places {
		if n != 1 {
			t.Errorf("slot %d is in %d places, want 1", slot, n)
		}
	}
}
