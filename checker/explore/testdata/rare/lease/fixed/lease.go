// Right: a lease that was renewed has a new timer, and expire knows for which
// timer it was called: one that is late ends nothing.

// Package lease lends something for a time; whoever has it can renew in time.
package lease

import (
	"sync"
	"time"
)

// Lease ends by itself when it is not renewed.
type Lease struct {
	mu     sync.Mutex
	timer  *time.Timer
	rounds int // how often the timer was set
	held   bool
}

// Grant starts a lease.
func Grant(span time.Duration) *Lease {
	l := &Lease{held: true}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.start(span)
	return l
}

// start is called with the lock held.
func (l *Lease) start(span time.Duration) {
	l.rounds++
	round := l.rounds
	l.timer = time.AfterFunc(span, func() { l.expire(round) })
}

func (l *Lease) expire(round int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.rounds == round {
		l.held = false
	}
}

// Renew lets the lease last for a span from now, unless it has ended.
func (l *Lease) Renew(span time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held {
		l.timer.Stop()
		l.start(span)
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
