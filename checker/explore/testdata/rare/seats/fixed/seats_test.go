package seats

import (
	"sync"
	"testing"
)

// Two counters sell the two seats that are left to three passengers.
func TestLastSeats(t *testing.T) {
	train := New(2)
	var first, second, third bool
	var counters sync.WaitGroup
	counters.Go(func() {
		_, first = train.Book()
		_, second = train.Book()
	})
	_, third = train.Book()
	counters.Wait()

	sold := 0
	for _, ok := range []bool{first, second, third} {
		if ok {
			sold++
		}
	}
	if sold != 2 {
		t.Errorf("%d tickets were sold for 2 seats", sold)
	}
	if free := train.Free(); free != 0 {
		t.Errorf("%d seats are left, want 0", free)
	}
}
