package sync

import (
	"sync"
	"unsafe"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"
)

// A WaitGroup is a sync.WaitGroup. It is wrapped because package sync is never
// built for the race detector, so that race reports would lack the caller's line.
type WaitGroup struct {
	wg    sync.WaitGroup
	first byte // an Add from zero reads it, a Wait that blocks writes it: unless they are ordered, that is a race
}

// Add adds delta to the counter.
func (wg *WaitGroup) Add(delta int) {
	if rt.Exploring && sched.WaitGroupAdd(unsafe.Pointer(wg), delta) {
		sched.RaceRead(unsafe.Pointer(&wg.first))
	}
	wg.wg.Add(delta)
}

// Done decrements the counter.
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait waits until the counter is zero.
func (wg *WaitGroup) Wait() {
	if rt.Exploring && sched.WaitGroupArrive(unsafe.Pointer(wg)) {
		sched.RaceWrite(unsafe.Pointer(&wg.first))
	}
	if rt.Exploring {
		sched.WaitGroupWait(unsafe.Pointer(wg))
	}
	wg.wg.Wait()
}

// Go calls f in a new goroutine and counts it. As in the original, a panic of f
// ends the program before the counter is decremented.
func (wg *WaitGroup) Go(f func()) {
	if f == nil {
		panic("sync: WaitGroup.Go called with a nil function") // here, where the stack shows the caller
	}
	wg.Add(1)
	g := sched.Spawn()
	go func() {
		defer sched.Exit(sched.Enter(g))
		defer func() {
			if x := recover(); x != nil {
				panic(x)
			}
			wg.Done()
		}()
		f()
	}()
}
