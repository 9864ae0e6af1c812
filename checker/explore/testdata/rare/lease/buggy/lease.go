// Rare: wrong-result
// Native: 0 of 100 runs.
// The work takes exactly as long as the lease. The timer has fired, but expire
// does not have the lock yet: Renew finds the lease held, sets the timer anew and
// reports success, and then the old expire ends the lease that was just renewed.

// Package lease lends something for a time; whoever has it can renew in time.
package lease

import (
	"sync"
	"time"
)

// Lease ends by itself when it is not renewed.
type Lease struct {
	mu    sync.Mutex
	timer *time.Timer
	held  bool
}

// Grant starts a lease.
func Grant(span time.Duration) *Lease {
	l := &Lease{held: true}
	l.timer = time.AfterFunc(span, l.expire)
	return l
}

func (l *Lease) expire() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = false
}

// Renew lets the lease last for a span from now, unless it has ended.
func (l *Lease) Renew(span time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held {
		l.timer.Reset(span)
	}
	return l.held
}

// Return ends the lease and reports whether it was still held.
func (l *Lease) Return() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.timer.Stop()
	held := l.held
	l.held = false
	return held
}

// Work does a number of tasks of a span each.
func Work(tasks int, span time.Duration) {
	for range tasks {
		<-time.After(span)
	}
}
