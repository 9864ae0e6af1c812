package retries

import (
	"sync"
	"testing"
)

// counts lets three goroutines count: one once, the others as often as it takes to
// be in its way each time that it tries.
func counts(t *testing.T, tries, rounds int, count func(c *Counter, tries int)) {
	c := &Counter{}
	var all sync.WaitGroup
	for g := range 3 {
		all.Go(func() {
			count(c, tries)
			for range rounds * g {
				count(c, tries)
			}
		})
	}
	all.Wait()
	if want := 3 + 3*rounds; c.Count() != want {
		t.Errorf("counted %d, want %d", c.Count(), want)
	}
}

func locks(t *testing.T, tries int) { counts(t, tries, 0, (*Counter).ByLock) }
func swaps(t *testing.T, tries int) { counts(t, tries, tries/3+1, (*Counter).BySwap) }
func flags(t *testing.T, tries int) { counts(t, tries, 0, (*Counter).ByFlag) }

func TestLock3(t *testing.T)  { locks(t, 3) }
func TestLock5(t *testing.T)  { locks(t, 5) }
func TestLock10(t *testing.T) { locks(t, 10) }
func TestLock20(t *testing.T) { locks(t, 20) }
func TestSwap3(t *testing.T)  { swaps(t, 3) }
func TestSwap5(t *testing.T)  { swaps(t, 5) }
func TestSwap10(t *testing.T) { swaps(t, 10) }
func TestSwap20(t *testing.T) { swaps(t, 20) }
func TestFlag3(t *testing.T)  { flags(t, 3) }
func TestFlag20(t *testing.T) { flags(t, 20) }
