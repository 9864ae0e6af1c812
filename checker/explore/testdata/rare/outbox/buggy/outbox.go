// Rare: deadlock
// Native: 1 of 100 runs.
// Post looks for room before it takes the lock. When two see the last place free,
// the second one sends to a full queue with the lock held, and Collect, which
// would make room, waits for the lock.

// Package outbox keeps letters until they are collected.
package outbox

import "sync"

// Outbox has room for a few letters.
type Outbox struct {
	mu     sync.Mutex
	queue  chan string
	posted int
}

// New returns an outbox with room for n letters.
func New(n int) *Outbox {
	return &Outbox{queue: make(chan string, n)}
}

// Post puts a letter in, if there is room.
func (o *Outbox) Post(letter string) bool {
	if len(o.queue) == cap(o.queue) {
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.posted++
	o.queue <- letter
	return true
}

// Collect takes all letters out and returns how many there were, and how many
// were ever posted.
func (o *Outbox) Collect() (letters, posted int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.queue) > 0 {
		<-o.queue
		letters++
	}
	return letters, o.posted
}
