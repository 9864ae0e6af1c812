package batch

import (
	"sync"
	"testing"
)

// The second of two jobs ends while it is cancelled.
func TestEndedAndCancelled(t *testing.T) {
	b := New(2)
	var workers sync.WaitGroup
	workers.Go(func() {
		b.End(0)
		b.End(1)
	})
	b.End(1)
	b.Wait()
	workers.Wait()

	if n := b.Over(); n != 2 {
		t.Errorf("%d of 2 jobs are over", n)
	}
}
