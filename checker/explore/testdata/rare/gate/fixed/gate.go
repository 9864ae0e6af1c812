// Right: the flag is set with the lock held. Who has found the gate shut holds the
// lock until it waits, and is there to be woken.

// Package gate holds goroutines back until it is opened.
package gate

import "sync"

// Gate is shut at first. It is opened once.
type Gate struct {
	mu   sync.Mutex
	wake *sync.Cond
	open bool
}

// New returns a gate that is shut.
func New() *Gate {
	g := &Gate{}
	g.wake = sync.NewCond(&g.mu)
	return g
}

// Open lets everybody through.
func (g *Gate) Open() {
	g.mu.Lock()
	g.open = true
	g.mu.Unlock()
	g.wake.Broadcast()
}

// Pass returns when the gate is open.
func (g *Gate) Pass() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for !g.open {
		g.wake.Wait()
	}
}
