// Package sync stands in for the standard library's sync in instrumented code.
//
// In race mode a Mutex is exactly a sync.Mutex: go-deadlock's bookkeeping would
// order critical sections that nothing orders, and hide data races. In lock mode
// it is go-deadlock's. Everything else is the standard library's own.
package sync

import (
	"sync"
	"sync/atomic"

	"racelab/checker/labrt/rt"

	"github.com/sasha-s/go-deadlock"
)

// The types that need no stand-in.
type (
	Cond   = sync.Cond
	Locker = sync.Locker
	Map    = sync.Map
	Once   = sync.Once
	Pool   = sync.Pool
)

// A WaitGroup is a sync.WaitGroup, wrapped because package sync is never built
// for the race detector: the caller's line would be missing in its reports.
type WaitGroup struct{ wg sync.WaitGroup }

// Add adds delta to the counter.
func (wg *WaitGroup) Add(delta int) { wg.wg.Add(delta) }

// Done takes one off the counter.
func (wg *WaitGroup) Done() { wg.wg.Done() }

// Wait waits until the counter is zero.
func (wg *WaitGroup) Wait() { wg.wg.Wait() }

// Go calls f in a new goroutine and counts it. As in the original, a panic of f
// ends the program before the count is taken back.
func (wg *WaitGroup) Go(f func()) {
	if f == nil {
		panic("sync: WaitGroup.Go called with a nil function") // here, where the caller can be seen
	}
	wg.Add(1)
	go func() {
		defer func() {
			if x := recover(); x != nil {
				panic(x)
			}
			wg.Done()
		}()
		f()
	}()
}

// NewCond is sync.NewCond.
func NewCond(l Locker) *Cond { return sync.NewCond(l) }

// OnceFunc is sync.OnceFunc.
func OnceFunc(f func()) func() { return sync.OnceFunc(f) }

// OnceValue is sync.OnceValue.
func OnceValue[T any](f func() T) func() T { return sync.OnceValue(f) }

// OnceValues is sync.OnceValues.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) { return sync.OnceValues(f) }

// A Mutex is a sync.Mutex, in lock mode guarded by a deadlock.Mutex.
//
// go-deadlock has no TryLock, so in lock mode the two are taken one after the
// other and TryLock takes the inner one alone: it neither waits nor is watched.
type Mutex struct {
	mu    sync.Mutex
	watch deadlock.Mutex
	tried bool // taken by TryLock; guarded by mu
}

// Lock locks m.
func (m *Mutex) Lock() {
	rt.Delay()
	if rt.LockMode {
		rt.NoteLock(&m.watch)
		m.watch.Lock()
	}
	m.mu.Lock()
}

// TryLock tries to lock m and reports whether it succeeded.
func (m *Mutex) TryLock() bool {
	rt.Delay()
	ok := m.mu.TryLock()
	if ok && rt.LockMode {
		m.tried = true
	}
	return ok
}

// Unlock unlocks m.
func (m *Mutex) Unlock() {
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

// An RWMutex is a sync.RWMutex, in lock mode guarded by a deadlock.RWMutex;
// see Mutex.
type RWMutex struct {
	mu      sync.RWMutex
	watch   deadlock.RWMutex
	tried   bool         // taken by TryLock; guarded by mu
	readers atomic.Int32 // read locks taken by TryRLock and not yet released
}

// Lock locks rw for writing.
func (rw *RWMutex) Lock() {
	rt.Delay()
	if rt.LockMode {
		rt.NoteLock(&rw.watch)
		rw.watch.Lock()
	}
	rw.mu.Lock()
}

// TryLock tries to lock rw for writing and reports whether it succeeded.
func (rw *RWMutex) TryLock() bool {
	rt.Delay()
	ok := rw.mu.TryLock()
	if ok && rt.LockMode {
		rw.tried = true
	}
	return ok
}

// Unlock unlocks rw for writing.
func (rw *RWMutex) Unlock() {
	if !rt.LockMode {
		rw.mu.Unlock()
		rt.Delay()
		return
	}
	tried := rw.tried
	rw.tried = false
	rw.mu.Unlock()
	if !tried {
		rw.watch.Unlock()
	}
}

// RLock locks rw for reading.
func (rw *RWMutex) RLock() {
	rt.Delay()
	if rt.LockMode {
		rt.NoteLock(&rw.watch)
		rw.watch.RLock()
	}
	rw.mu.RLock()
}

// TryRLock tries to lock rw for reading and reports whether it succeeded.
func (rw *RWMutex) TryRLock() bool {
	rt.Delay()
	ok := rw.mu.TryRLock()
	if ok && rt.LockMode {
		rw.readers.Add(1)
	}
	return ok
}

// RUnlock undoes a single RLock.
func (rw *RWMutex) RUnlock() {
	rw.mu.RUnlock()
	if rt.LockMode && !rw.releaseTried() {
		rw.watch.RUnlock()
	}
	rt.Delay()
}

// releaseTried takes one read lock off those that TryRLock took. Which reader
// it was cannot be told, and need not be: the number stays right.
func (rw *RWMutex) releaseTried() bool {
	for {
		n := rw.readers.Load()
		if n == 0 {
			return false
		}
		if rw.readers.CompareAndSwap(n, n-1) {
			return true
		}
	}
}

// RLocker returns a Locker whose Lock and Unlock are RLock and RUnlock.
func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }
