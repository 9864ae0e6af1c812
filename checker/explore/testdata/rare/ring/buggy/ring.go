// Rare: data-race
// Native: 0 of 100 runs.
// Pop frees the slot before it reads it. If the ring is full, and the producer
// comes just then, it writes the slot that is being read.

// Package ring passes numbers from one producer to one consumer.
package ring

import "sync/atomic"

// Ring holds up to two numbers. tail counts those that were put in, head those
// that were taken out.
type Ring struct {
	head, tail atomic.Int64
	slots      [2]int
}

// Push puts a number in, if there is room. Only the producer calls it.
func (r *Ring) Push(n int) bool {
	tail := r.tail.Load()
	if tail-r.head.Load() == int64(len(r.slots)) {
		return false
	}
	r.slots[tail%int64(len(r.slots))] = n
	r.tail.Store(tail + 1)
	return true
}

// Pop takes a number out, if there is one. Only the consumer calls it.
func (r *Ring) Pop() (n int, ok bool) {
	head := r.head.Load()
	if head == r.tail.Load() {
		return 0, false
	}
	r.head.Store(head + 1)
	return r.slots[head%int64(len(r.slots))], true
}
