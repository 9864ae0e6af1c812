package twostage

import (
	"sync"
	"testing"
)

// All but one of n goroutines book a delivery, and the last compares.
func agree(t *testing.T, n int) {
	var s Store
	var all sync.WaitGroup
	for range n - 1 {
		all.Go(s.Post)
	}
	all.Go(func() {
		if !s.Agree() {
			t.Error("a delivery is booked that is not on the shelf")
		}
	})
	all.Wait()
}

func Test2(t *testing.T)  { agree(t, 2) }
func Test5(t *testing.T)  { agree(t, 5) }
func Test10(t *testing.T) { agree(t, 10) }
func Test20(t *testing.T) { agree(t, 20) }
func Test50(t *testing.T) { agree(t, 50) }
