// Right: the head carries a count of the changes in its upper half, so a swap
// fails when the same slot has come back in the meantime.

// Package slots hands out the slots of a table without a lock.
package slots

import "sync/atomic"

const none = -1

// Free is a list of free slots; next is the slot that follows in the list.
type Free struct {
	head atomic.Uint64 // count of changes, slot+1
	next []atomic.Int32
}

// New returns a list with the slots 0 to n-1, in this order.
func New(n int) *Free {
	f := &Free{next: make([]atomic.Int32, n)}
	for i := range f.next {
		f.next[i].Store(int32(i + 1))
	}
	f.next[n-1].Store(none)
	f.head.Store(after(0, 0))
	return f
}

// after is the head that follows old and has slot in front.
func after(old uint64, slot int32) uint64 {
	return (old>>32+1)<<32 | uint64(slot+1)
}

func front(head uint64) int32 {
	return int32(uint32(head)) - 1
}

// Take takes the first free slot; -1 when there is none.
func (f *Free) Take() int {
	for {
		head := f.head.Load()
		slot := front(head)
		if slot == none {
			return none
		}
		if f.head.CompareAndSwap(head, after(head, f.next[slot].Load())) {
			return int(slot)
		}
	}
}

// Give gives a slot back.
func (f *Free) Give(slot int) {
	for {
		head := f.head.Load()
		f.next[slot].Store(front(head))
		if f.head.CompareAndSwap(head, after(head, int32(slot))) {
			return
		}
	}
}
