// Rare: wrong-result
// Native: 0 of 100 runs.
// Take reads the first free slot and the one after it, then swaps one for the
// other. Meanwhile another takes both and gives the first one back: the swap
// succeeds, as the first is the same again, and frees a slot that is in use (ABA).

// Package slots hands out the slots of a table without a lock.
package slots

import "sync/atomic"

const none = -1

// Free is a list of free slots; next is the slot that follows in the list.
type Free struct {
	head atomic.Int32
	next []atomic.Int32
}

// New returns a list with the slots 0 to n-1, in this order.
func New(n int) *Free {
	f := &Free{next: make([]atomic.Int32, n)}
	for i := range f.next {
		f.next[i].Store(int32(i + 1))
	}
	f.next[n-1].Store(none)
	return f
}

// Take takes the first free slot; -1 when there is none.
func (f *Free) Take() int {
	for {
		head := f.head.Load()
		if head == none {
			return none
		}
		if f.head.CompareAndSwap(head, f.next[head].Load()) {
			return int(head)
		}
	}
}

// Give gives a slot back.
func (f *Free) Give(slot int) {
	for {
		head := f.head.Load()
		f.next[slot].Store(head)
		if f.head.CompareAndSwap(head, int32(slot)) {
			return
		}
	}
}
