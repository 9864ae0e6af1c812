// Right: asking and adding are one critical section, and Close closes the crew in
// another: what was allowed before is counted before Close waits.

// Package crew starts work until it is closed, and then waits for all of it.
package crew

import "sync"

// Crew knows what is under way. The zero Crew is open.
type Crew struct {
	mu     sync.Mutex
	closed bool
	work   sync.WaitGroup
}

// Go starts work, unless the crew is closed.
func (c *Crew) Go(work func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
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
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.work.Wait()
}
