package connpool

import (
	"sync"
	"testing"
)

// Three users share one connection.
func TestEverybodyIsServed(t *testing.T) {
	pool := New(1)
	query := func() {
		c := pool.Get()
		c.Queries++
		pool.Put(c)
	}
	var users sync.WaitGroup
	users.Go(query)
	users.Go(query)
	query()
	users.Wait()

	if n := pool.Get().Queries; n != 3 {
		t.Errorf("%d queries were made, want 3", n)
	}
}
