package outbox

import (
	"sync"
	"testing"
)

// A letter is posted while the postman posts one too, where there is room for one,
// and then empties the box.
func TestNoLetterIsLost(t *testing.T) {
	box := New(1)
	var people sync.WaitGroup
	people.Go(func() { box.Post("to ann") })
	box.Post("to bob")
	letters, _ := box.Collect()
	people.Wait()

	last, posted := box.Collect()
	if letters+last != posted {
		t.Errorf("%d letters were posted, %d collected", posted, letters+last)
	}
}
