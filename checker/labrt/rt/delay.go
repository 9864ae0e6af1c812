package rt

import (
	"math/rand/v2"
	"runtime"
	"time"
)

// delaysEnd bounds the time in which Delay does anything, so that a program
// with very many locks still ends.
var delaysEnd = time.Now().Add(300 * time.Millisecond)

// Delay is called where a goroutine is about to take a lock or use an atomic, or
// has just given a lock back: there another one can come between, and natively it
// hardly ever does.
// When the configuration asks for delays, it sometimes waits a little. That
// orders nothing: neither a sleep nor the random numbers are seen by the race
// detector, and nothing is shared but what never changes.
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
