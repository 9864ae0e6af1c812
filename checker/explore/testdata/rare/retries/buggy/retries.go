// Rare: wrong-result
// Native: 3 of 100 runs.
// Each way gives up after so many tries in vain. Nothing is counted then: when the
// lock is held for as long as that, or others are faster as often as that.

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
func (c *Counter) ByLock(tries int) {
	for range tries {
		if c.mu.TryLock() {
			c.locked++
			c.mu.Unlock()
			return
		}
	}
}

// BySwap counts one, with CompareAndSwap.
func (c *Counter) BySwap(tries int) {
	for range tries {
		n := c.number.Load()
		if c.number.CompareAndSwap(n, n+1) {
			return
		}
	}
}

// ByFlag counts one, with a flag for a lock.
func (c *Counter) ByFlag(tries int) {
	for range tries {
		if c.busy.CompareAndSwap(false, true) {
			c.marked++
			c.busy.Store(false)
			return
		}
		runtime.Gosched()
	}
}
