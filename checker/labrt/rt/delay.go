package rt

import (
	"math/rand/v2"
	"runtime"
	"time"
)

// delaysEnd is when Delay stops waiting, so that a program with very many locks
// still ends.
var delaysEnd = time.Now().Add(300 * time.Millisecond)

// Delay is called where a goroutine is about to take a lock or use an atomic, and
// where it has just released a lock. There another goroutine can interleave, and
// natively that hardly ever happens. When the configuration asks for delays, Delay
// sometimes waits a little. That adds no happens-before edge: the race detector
// sees neither the sleep nor the random numbers, and the only shared data never
// changes.
func Delay() {
	if !config.Delays || time.Now().After(delaysEnd) {
		return
	}
	switch rand.IntN(6) {
	case 0, 1:
		time.Sleep(time.Duration(rand.IntN(100)) * time.Microsecond)
	case 2:
		runtime.Gosched()
	}
}
