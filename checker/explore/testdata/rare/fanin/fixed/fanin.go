// Right: Add says what it has made of the count, so only one goroutine sees zero.

// Package fanin merges channels.
package fanin

import "sync/atomic"

// Merge returns a channel that gets all values of the others. It is closed when
// all of them are.
func Merge(ins ...<-chan int) <-chan int {
	out := make(chan int, len(ins))
	var open atomic.Int32
	open.Store(int32(len(ins)))
	for _, in := range ins {
		go func() {
			for value := range in {
				out <- value
			}
			if open.Add(-1) == 0 {
				close(out)
			}
		}()
	}
	return out
}
