package order

import (
	"context"
	"sync"
	"testing"
)

// The customer cancels while the storehouse ships: one of the two succeeds.
func TestShippedOrCancelled(t *testing.T) {
	o := New(context.Background())
	var shipped bool
	var storehouse sync.WaitGroup
	storehouse.Go(func() { shipped = o.Ship() })
	cancelled := o.Cancel()
	storehouse.Wait()

	if shipped == cancelled {
		t.Errorf("shipped is %t and cancelled is %t, want one of them", shipped, cancelled)
	}
}
