package tidetable

import (
	"sync"
	"testing"
)

// Somebody asks for a day that is known, while one day is calculated at once, and another one
// for as long as it takes to be answered.
func TestKnownDay(t *testing.T) {
	table := New()
	table.Depth(1, func() int { return 10 })
	answered := make(chan struct{})
	var others sync.WaitGroup
	others.Go(func() { table.Depth(2, func() int { return 20 }) })
	others.Go(func() {
		table.Depth(3, func() int {
			<-answered
			return 30
		})
	})
	if got := table.Depth(1, func() int { return -1 }); got != 10 {
		t.Errorf("the depth is %d, want 10", got)
	}
	close(answered)
	others.Wait()
}
