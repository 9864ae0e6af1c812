package jobqueue

import (
	"sync"
	"testing"
)

// Jobs are handed in while the queue is being closed: those that were accepted
// are done.
func TestAcceptedJobsAreDone(t *testing.T) {
	q := New(2)
	done := 0 // the queue's goroutine counts
	var clients sync.WaitGroup
	for range 2 {
		clients.Go(func() { q.Submit(func() { done++ }) })
	}
	q.Close()
	clients.Wait()

	if n := q.Accepted(); n != done {
		t.Errorf("%d jobs were accepted, %d done", n, done)
	}
}
