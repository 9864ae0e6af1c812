package cells

import (
	"sync"
	"testing"
)

// One goroutine counts while another makes room and counts too.
func TestCountWhileGrowing(t *testing.T) {
	c := New(2)
	var other sync.WaitGroup
	other.Go(func() { c.Add(1) })
	c.Grow(2)
	c.Add(1)
	c.Add(3)
	other.Wait()

	if got := [2]int{c.Count(1), c.Count(3)}; got != [2]int{2, 1} {
		t.Errorf("counted %v, want [2 1]", got)
	}
}
