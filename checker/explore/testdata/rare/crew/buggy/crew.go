// Rare: wrong-result
// Native: 2 of 100 runs.
// Go asks whether the crew may still start work, and then adds to the WaitGroup.
// If all of Close runs in between, it has nothing to wait for, and the work
// starts after it has returned. The race detector may report Add and Wait too.

// Package crew starts work until it is closed, and then waits for all of it.
package crew

import (
	"sync"
	"sync/atomic"
)

// Crew knows what is under way. The zero Crew is open.
type Crew struct {
	closed atomic.Bool
	work   sync.WaitGroup
}

// Go starts work, unless the crew is closed.
func (c *Crew) Go(work func()) bool {
	if c.closed.Load() {
		return false
	}
	c.work.Add(1)
	go func() {
		defer c.work.Done()
		work()
	}()
	return true
}

// Close returns when no work is under way; none starts from then on.
func (c *Crew) Close() {
	c.closed.Store(true)
	c.work.Wait()
}
