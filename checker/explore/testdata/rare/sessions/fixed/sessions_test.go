package sessions

import (
	"sync"
	"testing"
)

// Two requests of one visitor arrive together, a third is somebody else's.
func TestEveryVisitCounts(t *testing.T) {
	var store Store
	var requests sync.WaitGroup
	requests.Go(func() { store.Of("ann").Visit() })
	requests.Go(func() { store.Of("bob").Visit() })
	store.Of("ann").Visit()
	requests.Wait()

	if n := store.Of("ann").Visits(); n != 2 {
		t.Errorf("%d visits of ann were counted, want 2", n)
	}
	if n := store.Of("bob").Visits(); n != 1 {
		t.Errorf("%d visits of bob were counted, want 1", n)
	}
}
