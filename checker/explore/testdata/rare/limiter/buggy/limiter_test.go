package limiter

import (
	"sync"
	"testing"
)

// Two tokens lie in the bucket, one is put in: the two callers cannot take more
// than the three, and none gets lost.
func TestTokensAreKept(t *testing.T) {
	bucket := New(8, 2)
	var taken [2]int64
	var callers sync.WaitGroup
	for i := range taken {
		callers.Go(func() {
			for range 2 {
				if bucket.Take() {
					taken[i]++
				}
			}
		})
	}
	bucket.Refill(1)
	callers.Wait()

	if sum := taken[0] + taken[1] + bucket.Left(); sum != 3 {
		t.Errorf("%d + %d tokens were taken and %d are left, want 3 in all", taken[0], taken[1], bucket.Left())
	}
}
