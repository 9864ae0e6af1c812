package ledger

import (
	"sync"
	"testing"
)

// Three people pay one another in a circle.
func TestCircle(t *testing.T) {
	ann, bob, cid := New(10), New(10), New(10)
	var banks sync.WaitGroup
	banks.Go(func() { Transfer(ann, bob, 3) })
	banks.Go(func() { Transfer(bob, cid, 4) })
	Transfer(cid, ann, 5)
	banks.Wait()

	got := [3]int{ann.Balance(), bob.Balance(), cid.Balance()}
	if want := [3]int{12, 9, 9}; got != want {
		t.Errorf("the balances are %v, want %v", got, want)
	}
}
