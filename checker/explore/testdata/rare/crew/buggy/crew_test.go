package crew

import (
	"sync"
	"sync/atomic"
	"testing"
)

// Work is handed in while the crew is being closed: it is done by then, or never.
func TestNothingStartsAfterClose(t *testing.T) {
	var crew Crew
	var done atomic.Int32
	var boss sync.WaitGroup
	boss.Go(func() { crew.Go(func() { done.Add(1) }) })
	crew.Close()
	atClose := done.Load()
	boss.Wait()
	crew.Close()

	if n := done.Load(); n != atClose {
		t.Errorf("%d pieces of work were done when Close returned, %d at the end", atClose, n)
	}
}
