// Rare: panic
// Native: 0 of 100 runs.
// A goroutine counts itself out and then asks whether it was the last. When the
// last two have both counted before either asks, both close the channel.

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
			open.Add(-1)
			if open.Load() == 0 {
				close(out)
			}
		}()
	}
	return out
}
