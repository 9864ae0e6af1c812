// Package sync stands in for the standard library's sync in instrumented code.
//
// In race mode a Mutex is exactly a sync.Mutex: go-deadlock's bookkeeping would
// order critical sections that nothing else orders, and hide data races. In lock
// mode it is go-deadlock's. In explore mode package sched decides which goroutine
// gets a lock; that goroutine then takes the real one without waiting, so that the
// race detector sees the happens-before edges.
package sync

import (
	"sync"
	"unsafe"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"

	"github.com/sasha-s/go-deadlock"
)

// A Locker is a sync.Locker.
type Locker = sync.Locker

// A Mutex is a sync.Mutex, in lock mode guarded by a deadlock.Mutex.
//
// go-deadlock has no TryLock. So in lock mode Lock takes both, one after the other,
// and TryLock takes only the inner one: it never waits, and go-deadlock does not
// see it.
type Mutex struct {
	mu    sync.Mutex
	watch deadlock.Mutex
	tried bool // taken by TryLock; guarded by mu
}

// meet tells the scheduler about a lock that it does not know yet. A copy of a held
// lock is locked, and no goroutine holds it.
func (m *Mutex) meet() {
	if !sched.IsNewLock(unsafe.Pointer(m)) {
		return
	}
	sched.Hide()
	free := m.mu.TryLock()
	if free {
		m.mu.Unlock()
	}
	sched.Show()
	if !free {
		sched.Orphan(unsafe.Pointer(m), false)
	}
}

// Lock locks m.
func (m *Mutex) Lock() {
	if rt.Exploring {
		m.meet()
		sched.Lock(unsafe.Pointer(m))
		m.mu.Lock()
		return
	}
	rt.Delay()
	if rt.LockMode {
		rt.NoteLock(&m.watch)
		m.watch.Lock()
	}
	m.mu.Lock()
}

// TryLock tries to lock m and reports whether it succeeded.
func (m *Mutex) TryLock() bool {
	if rt.Exploring {
		m.meet()
		locked, known := sched.TryLock(unsafe.Pointer(m))
		return (locked || !known) && m.mu.TryLock()
	}
	rt.Delay()
	ok := m.mu.TryLock()
	if ok && rt.LockMode {
		m.tried = true
	}
	return ok
}

// Unlock unlocks m.
func (m *Mutex) Unlock() {
	if rt.Exploring {
		m.meet()
		sched.Unlock(unsafe.Pointer(m), "sync: unlock of unlocked mutex")
		m.mu.Unlock()
		return
	}
	if !rt.LockMode {
		m.mu.Unlock()
		rt.Delay()
		return
	}
	tried := m.tried
	m.tried = false
	m.mu.Unlock()
	if !tried {
		m.watch.Unlock()
	}
}
