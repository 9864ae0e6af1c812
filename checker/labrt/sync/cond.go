package sync

import (
	"sync"
	"unsafe"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"
)

// A Cond is a sync.Cond.
type Cond struct {
	// L is held while observing or changing the condition.
	L    Locker
	cond sync.Cond
	once sync.Once
	self *Cond // its address at the first use; only in explore mode
}

// NewCond returns a new Cond with Locker l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

// native is the real condition variable. Its Locker is the value that c.L has at
// the first use.
func (c *Cond) native() *sync.Cond {
	c.once.Do(func() { c.cond.L = c.L })
	return &c.cond
}

// exploring reports whether the scheduler keeps the queue. As in the original, a
// copy of a Cond that has been used panics.
//
//go:norace
func (c *Cond) exploring() bool {
	if !rt.Exploring {
		return false
	}
	if c.self == nil {
		c.self = c
	}
	if c.self != c {
		panic("sync.Cond is copied")
	}
	return true
}

// Wait unlocks c.L, blocks until it is woken, and locks c.L.
func (c *Cond) Wait() {
	if c.exploring() && sched.CondJoin(unsafe.Pointer(c)) {
		c.L.Unlock()
		sched.CondWait(unsafe.Pointer(c))
		c.L.Lock()
		return
	}
	c.native().Wait()
}

// Signal wakes one waiting goroutine, if there is one.
func (c *Cond) Signal() {
	if c.exploring() && sched.CondSignal(unsafe.Pointer(c), false) {
		return
	}
	c.native().Signal()
}

// Broadcast wakes all waiting goroutines.
func (c *Cond) Broadcast() {
	if c.exploring() && sched.CondSignal(unsafe.Pointer(c), true) {
		return
	}
	c.native().Broadcast()
}
