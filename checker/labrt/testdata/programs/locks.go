package programs

import (
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/sync"
	"racelab/checker/labrt/sync/atomic"
	"racelab/checker/labrt/testing"
)

// Counts under a lock.
//
// want: ended
func locked(t *testing.T) {
	var mu sync.Mutex
	n := 0
	add := func() { mu.Lock(); n++; mu.Unlock() }
	together(add, add, add)()
	if n != 3 {
		t.Errorf("n = %d", n)
	}
}

// Counts without. What the machine does with n is not up to the scheduler: n++
// is one turn.
//
// want: ended+race
func unlocked(*testing.T) {
	n := 0
	add := func() { n++ }
	together(add, add)()
}

// Gives the lock back between reading and writing.
//
// want: ended, failed
func unlockedBetween(t *testing.T) {
	var mu sync.Mutex
	n := 0
	add := func() {
		mu.Lock()
		m := n
		mu.Unlock()
		mu.Lock()
		n = m + 1
		mu.Unlock()
	}
	together(add, add)()
	if n != 2 {
		t.Errorf("n = %d", n)
	}
}

// Takes two locks in two orders.
//
// want: ended, deadlock
func twoLocks(*testing.T) {
	var a, b sync.Mutex
	together(
		func() { a.Lock(); b.Lock(); b.Unlock(); a.Unlock() },
		func() { b.Lock(); a.Lock(); a.Unlock(); b.Unlock() },
	)()
}

// Takes two locks in two orders, but one after the other.
//
// want: ended
func twoLocksInTurn(*testing.T) {
	var a, b sync.Mutex
	together(func() { a.Lock(); b.Lock(); b.Unlock(); a.Unlock() })()
	together(func() { b.Lock(); a.Lock(); a.Unlock(); b.Unlock() })()
}

// want: deadlock
func lockTwice(*testing.T) {
	var mu sync.Mutex
	mu.Lock()
	mu.Lock()
}

// One goroutine locks, another unlocks: that is allowed.
//
// want: ended
func unlockedByAnother(*testing.T) {
	var mu sync.Mutex
	mu.Lock()
	together(mu.Unlock)()
	mu.Lock()
}

// Nothing orders n++ and the unlock of the other lock.
//
// want: ended+race
func twoDifferentLocks(*testing.T) {
	var a, b sync.Mutex
	n := 0
	together(
		func() { a.Lock(); n++; a.Unlock() },
		func() { b.Lock(); n++; b.Unlock() },
	)()
}

// want: ended, failed
func tryLock(t *testing.T) {
	var mu sync.Mutex
	wait := together(func() { mu.Lock(); mu.Unlock() })
	if mu.TryLock() {
		mu.Unlock()
	} else {
		t.Error("held")
	}
	wait()
	if !mu.TryLock() || mu.TryLock() {
		t.Fatal("TryLock locks what is free, once")
	}
}

// want: ended
func tryLockUntil(*testing.T) {
	var mu sync.Mutex
	n := 0
	add := func() {
		for !mu.TryLock() {
		}
		n++
		mu.Unlock()
	}
	together(add, add, add)()
}

// want: crash: fatal error: sync: unlock of unlocked mutex
func unlockUnlocked(*testing.T) {
	var mu sync.Mutex
	defer func() { recover() }() // a fatal error cannot be recovered
	mu.Unlock()
}

// want: crash: fatal error: sync: Unlock of unlocked RWMutex
func unlockUnlockedRW(*testing.T) {
	var mu sync.RWMutex
	mu.Unlock()
}

// want: crash: fatal error: sync: Unlock of unlocked RWMutex
func unlockReadLocked(*testing.T) {
	var mu sync.RWMutex
	mu.RLock()
	mu.Unlock()
}

// want: crash: fatal error: sync: RUnlock of unlocked RWMutex
func readUnlockUnlocked(*testing.T) {
	var mu sync.RWMutex
	mu.RUnlock()
}

// want: crash: fatal error: sync: RUnlock of unlocked RWMutex
func readUnlockLocked(*testing.T) {
	var mu sync.RWMutex
	mu.Lock()
	mu.RUnlock()
}

// A copy of a lock that is held is locked, and no goroutine holds it.
//
// want: deadlock
func lockCopied(*testing.T) {
	var mu sync.Mutex
	mu.Lock()
	copied := mu
	mu.Unlock()
	copied.Lock()
}

// … but any goroutine can lock it once it has been unlocked.
//
// want: ended
func unlockCopied(*testing.T) {
	var mu sync.Mutex
	mu.Lock()
	copied := mu
	copied.Unlock()
	copied.Lock()
}

// want: deadlock
func lockCopiedRW(*testing.T) {
	var mu sync.RWMutex
	mu.Lock()
	copied := mu
	copied.RLock()
}

// A copy of a lock that is held for reading can be read-locked, but not locked.
//
// want: ended
func copiedWhileRead(t *testing.T) {
	var mu sync.RWMutex
	mu.RLock()
	copied := mu
	copied.RLock()
	copied.RUnlock()
	if copied.TryLock() {
		t.Error("locked")
	}
}

// Readers are together, a writer is alone.
//
// want: ended, failed
func readersTogether(t *testing.T) {
	var mu sync.RWMutex
	readers, n := make(chan int, 2), 0
	read := func() {
		mu.RLock()
		sched.Sender(readers)(1)
		_ = n
		if sched.Len(readers) == 2 {
			t.Error("two readers")
		}
		sched.Recv(readers)
		mu.RUnlock()
	}
	write := func() {
		mu.Lock()
		n++
		if sched.Len(readers) > 0 {
			t.Fatal("a reader beside a writer")
		}
		mu.Unlock()
	}
	together(read, read, write)()
}

// A waiting writer keeps new readers out, even goroutines that read already.
//
// want: ended, deadlock
func readTwice(*testing.T) {
	var mu sync.RWMutex
	together(
		func() { mu.RLock(); mu.RLock(); mu.RUnlock(); mu.RUnlock() },
		func() { mu.Lock(); mu.Unlock() },
	)()
}

// want: ended
func readTwiceAlone(*testing.T) {
	var mu sync.RWMutex
	read := func() { mu.RLock(); mu.RLock(); mu.RUnlock(); mu.RUnlock() }
	together(read, read)()
}

// When a writer has waited, it comes before the readers that came after it.
//
// want: ended
func writerFirst(t *testing.T) {
	var mu sync.RWMutex
	written, waits := false, make(chan int)
	mu.RLock()
	wait := together(
		func() { mu.Lock(); written = true; mu.Unlock() },
		func() {
			for mu.TryRLock() { // until the writer waits
				mu.RUnlock()
				sched.Gosched()
			}
			sched.Close(waits)
			mu.RLock()
			if !written {
				t.Error("a reader went first")
			}
			mu.RUnlock()
		},
	)
	sched.Recv(waits)
	mu.RUnlock()
	wait()
}

// want: deadlock
func upgrade(*testing.T) {
	var mu sync.RWMutex
	mu.RLock()
	mu.Lock()
}

// want: ended
func tryRLock(t *testing.T) {
	var mu sync.RWMutex
	mu.RLock()
	if !mu.TryRLock() || mu.TryLock() {
		t.Error("beside a reader")
	}
	mu.RUnlock()
	mu.RUnlock()
	if !mu.TryLock() || mu.TryLock() || mu.TryRLock() {
		t.Error("beside a writer")
	}
	mu.Unlock()
	l := mu.RLocker()
	l.Lock()
	l.Unlock()
	mu.Lock()
}

// want: crash: runtime error: invalid memory address or nil pointer dereference
func nilMutex(*testing.T) {
	var mu *sync.Mutex
	n := 0
	use := func() { mu.Lock(); n++; mu.Unlock() }
	together(use, use)()
}

// want: crash: runtime error: invalid memory address or nil pointer dereference
func nilRWMutex(*testing.T) {
	var mu *sync.RWMutex
	mu.RLock()
}

// want: ended
func nilRecovered(t *testing.T) {
	n := 0
	recovering := func(f func()) {
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		f()
	}
	recovering(func() { (*sync.Mutex)(nil).Unlock() })
	recovering(func() { (*sync.WaitGroup)(nil).Done() })
	recovering(func() { (*sync.Once)(nil).Do(func() {}) })
	recovering(func() { (*sync.Map)(nil).Load(1) })
	recovering(func() { (*atomic.Int32)(nil).Load() })
	var mu sync.Mutex // it still orders the goroutines
	use := func() { mu.Lock(); n++; mu.Unlock() }
	together(use, use)()
}
