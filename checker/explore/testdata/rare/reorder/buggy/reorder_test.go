package reorder

import (
	"sync"
	"testing"
)

// All but one of n goroutines put the same pair, and the last looks at it.
func whole(t *testing.T, n int) {
	var p Pair
	var all sync.WaitGroup
	for range n - 1 {
		all.Go(p.Put)
	}
	all.Go(func() {
		if !p.Whole() {
			t.Error("half of a pair")
		}
	})
	all.Wait()
}

func Test3(t *testing.T)  { whole(t, 3) }
func Test4(t *testing.T)  { whole(t, 4) }
func Test5(t *testing.T)  { whole(t, 5) }
func Test10(t *testing.T) { whole(t, 10) }
func Test20(t *testing.T) { whole(t, 20) }
func Test50(t *testing.T) { whole(t, 50) }
