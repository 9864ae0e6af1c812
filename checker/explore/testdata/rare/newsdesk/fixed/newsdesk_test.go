package newsdesk

import (
	"sync"
	"testing"
)

// An extra is published while the reader waits for the edition, and then leaves.
func TestReaderLeaves(t *testing.T) {
	desk := &Desk{}
	reader := desk.Subscribe()
	var read int
	var others sync.WaitGroup
	others.Go(func() { read = reader.ReadUntil("edition") })
	others.Go(func() { desk.Publish("edition") })
	desk.Publish("extra")
	others.Wait()

	if read != 1 && read != 2 {
		t.Errorf("the reader has read %d of 2 texts", read)
	}
}
