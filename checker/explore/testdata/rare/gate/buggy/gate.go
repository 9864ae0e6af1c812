// Rare: deadlock
// Native: 0 of 100 runs.
// Open does not take the lock. It can set the flag and wake everybody after a
// goroutine has found the gate shut and before it waits: nobody wakes that one.

// Package gate holds goroutines back until it is opened.
package gate

import (
	"sync"
	"sync/atomic"
)

// Gate is shut at first. It is opened once.
type Gate struct {
	mu   sync.Mutex
	wake *sync.Cond
	open atomic.Bool
}

// New returns a gate that is shut.
func New() *Gate {
	g := &Gate{}
	g.wake = sync.NewCond(&g.mu)
	return g
}

// Open lets everybody through.
func (g *Gate) Open() {
	g.open.Store(true)
	g.wake.Broadcast()
}

// Pass returns when the gate is open.
func (g *Gate) Pass() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for !g.open.Load() {
		g.wake.Wait()
	}
}
