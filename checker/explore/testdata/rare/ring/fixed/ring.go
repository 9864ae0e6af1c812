// Right: the slot is read before it is free, and the producer, which looks at head
// before it writes, comes after the read.

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
	n = r.slots[head%int64(len(r.slots))]
	r.head.Store(head + 1)
	return n, true
}
