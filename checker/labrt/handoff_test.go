//go:build race

package labrt

import (
	"runtime"
	"testing"
)

// BenchmarkHandOff measures the cost of handing over the turn: two goroutines do
// nothing else, under the race detector and hidden from it. One op is one hand-off.
func BenchmarkHandOff(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // as in the processes that explore
	turns := [2]chan struct{}{make(chan struct{}, 1), make(chan struct{}, 1)}
	done := make(chan bool)
	player := func(own, other chan struct{}) {
		for range b.N / 2 {
			runtime.RaceDisable()
			<-own
			other <- struct{}{}
			runtime.RaceEnable()
		}
		done <- true
	}
	b.ResetTimer()
	go player(turns[0], turns[1])
	go player(turns[1], turns[0])
	turns[0] <- struct{}{}
	<-done
	<-done
}
