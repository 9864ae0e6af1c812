// Right: each way tries until it has counted. The others come to an end, so it does.

// Package retries counts in three ways without waiting for a lock.
package retries

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// A Counter counts, in one of its ways at a time.
type Counter struct {
	mu     sync.Mutex
	locked int // by mu
	number atomic.Int64
	busy   atomic.Bool
	marked int // by busy
}

// Count is what was counted, when nobody counts any more.
func (c *Counter) Count() int {
	return c.locked + c.marked + int(c.number.Load())
}

// ByLock counts one, with TryLock.
func (c *Counter) ByLock(int) {
	for !c.mu.TryLock() {
	}
	c.locked++
	c.mu.Unlock()
}

// BySwap counts one, with CompareAndSwap.
func (c *Counter) BySwap(int) {
	for {
		n := c.number.Load()
		if c.number.CompareAndSwap(n, n+1) {
			return
		}
	}
}

// ByFlag counts one, with a flag for a lock.
func (c *Counter) ByFlag(int) {
	for !c.busy.CompareAndSwap(false, true) {
		runtime.Gosched()
	}
	c.marked++
	c.busy.Store(false)
}
