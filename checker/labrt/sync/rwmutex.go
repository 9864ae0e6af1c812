package sync

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"

	"github.com/sasha-s/go-deadlock"
)

// An RWMutex is a sync.RWMutex, in lock mode guarded by a deadlock.RWMutex;
// see Mutex.
type RWMutex struct {
	mu      sync.RWMutex
	watch   deadlock.RWMutex
	tried   bool         // taken by TryLock; guarded by mu
	readers atomic.Int32 // read locks taken by TryRLock and not yet released
}

// meet tells the scheduler about a lock that it does not know yet; see Mutex.meet.
func (rw *RWMutex) meet() {
	if !sched.IsNewLock(unsafe.Pointer(rw)) {
		return
	}
	sched.Hide()
	free, reading := rw.mu.TryLock(), false
	if free {
		rw.mu.Unlock()
	} else if reading = rw.mu.TryRLock(); reading {
		rw.mu.RUnlock()
	}
	sched.Show()
	if !free {
		sched.Orphan(unsafe.Pointer(rw), reading)
	}
}

// Lock locks rw for writing.
func (rw *RWMutex) Lock() {
	if rt.Exploring {
		rw.meet()
		sched.Lock(unsafe.Pointer(rw))
		rw.mu.Lock()
		return
	}
	rt.Delay()
	if rt.LockMode {
		rt.NoteLock(&rw.watch)
		rw.watch.Lock()
	}
	rw.mu.Lock()
}

// TryLock tries to lock rw for writing and reports whether it succeeded.
func (rw *RWMutex) TryLock() bool {
	if rt.Exploring {
		rw.meet()
		locked, known := sched.TryLock(unsafe.Pointer(rw))
		return (locked || !known) && rw.mu.TryLock()
	}
	rt.Delay()
	ok := rw.mu.TryLock()
	if ok && rt.LockMode {
		rw.tried = true
	}
	return ok
}

// Unlock unlocks rw for writing.
func (rw *RWMutex) Unlock() {
	if rt.Exploring {
		rw.meet()
		sched.Unlock(unsafe.Pointer(rw), "sync: Unlock of unlocked RWMutex")
		rw.mu.Unlock()
		return
	}
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
	if rt.Exploring {
		rw.meet()
		sched.RLock(unsafe.Pointer(rw))
		rw.mu.RLock()
		return
	}
	rt.Delay()
	if rt.LockMode {
		rt.NoteLock(&rw.watch)
		rw.watch.RLock()
	}
	rw.mu.RLock()
}

// TryRLock tries to lock rw for reading and reports whether it succeeded.
func (rw *RWMutex) TryRLock() bool {
	if rt.Exploring {
		rw.meet()
		locked, known := sched.TryRLock(unsafe.Pointer(rw))
		return (locked || !known) && rw.mu.TryRLock()
	}
	rt.Delay()
	ok := rw.mu.TryRLock()
	if ok && rt.LockMode {
		rw.readers.Add(1)
	}
	return ok
}

// RUnlock undoes a single RLock.
func (rw *RWMutex) RUnlock() {
	if rt.Exploring {
		rw.meet()
		sched.RUnlock(unsafe.Pointer(rw))
		rw.mu.RUnlock()
		return
	}
	rw.mu.RUnlock()
	if rt.LockMode && !rw.releaseTried() {
		rw.watch.RUnlock()
	}
	rt.Delay()
}

// releaseTried takes one off the read locks that TryRLock took, and reports whether
// there was one. Which reader it belonged to is unknown and does not matter: the
// count stays right.
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
