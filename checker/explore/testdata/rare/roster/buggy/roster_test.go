package roster

import (
	"sync"
	"testing"
)

// Two come and one leaves while the names are read out.
func TestReadOut(t *testing.T) {
	var r Roster
	letters := 0
	var reader sync.WaitGroup
	reader.Go(func() {
		for _, name := range r.Present() {
			letters += len(name)
		}
	})
	r.Come("ann")
	r.Come("bob")
	r.Leave("ann")
	reader.Wait()

	if letters > 6 {
		t.Errorf("%d letters were read out, want 6 at most", letters)
	}
}
