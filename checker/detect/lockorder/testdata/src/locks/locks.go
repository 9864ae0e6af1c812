// Package locks has one function per way to lock that go-deadlock reports,
// rightly or wrongly. It is broken on purpose.
package locks

import (
	"sync"
	"time"

	labsync "racelab/checker/labrt/sync"
)

// Stand-ins, as racelab puts them where the learner wrote sync.Mutex.
type (
	Mutex   = labsync.Mutex
	RWMutex = labsync.RWMutex
)

// An Account is locked while money moves.
type Account struct {
	mu      Mutex
	balance int
}

// Transfer locks both accounts in the order of its arguments.
func Transfer(from, to *Account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()

	to.mu.Lock()
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}

// InOneFunction takes both orders at different lines, one after the other.
func InOneFunction(a, b *Account) {
	a.mu.Lock()
	b.mu.Lock()
	b.mu.Unlock()
	a.mu.Unlock()

	b.mu.Lock()
	a.mu.Lock()
	a.mu.Unlock()
	b.mu.Unlock()
}

// InTwoFunctions takes the orders in two goroutines, in two functions.
func InTwoFunctions(a, b *Account) {
	wait(func() { lockBoth(a, b) })
	wait(func() {
		b.mu.Lock()
		a.mu.Lock()
		a.balance++
		a.mu.Unlock()
		b.mu.Unlock()
	})
}

func lockBoth(a, b *Account) {
	a.mu.Lock()
	// Between the two locks are comments and an empty line: go-deadlock's
	// line is that of the call's return address minus one, whatever it holds.

	b.mu.Lock()
	b.balance++
	b.mu.Unlock()
	a.mu.Unlock()
}

func wait(f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
	wg.Wait()
}

// ThroughTransfer calls Transfer twice, with its arguments exchanged.
func ThroughTransfer(a, b *Account) {
	wait(func() { Transfer(a, b, 1) })
	wait(func() { Transfer(b, a, 2) })
}

// Reenter locks, and calls a method that locks again.
func (a *Account) Reenter() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.add(1)
}

func (a *Account) add(n int) {
	a.mu.Lock()
	a.balance += n
	a.mu.Unlock()
}

// Adjacent locks twice in two lines that follow each other.
func (a *Account) Adjacent() {
	a.mu.Lock()
	a.mu.Lock()
}

// A Cache is read-locked.
type Cache struct {
	mu RWMutex
	m  map[string]int
}

// Sum read-locks, and calls Get, which read-locks again.
func (c *Cache) Sum(keys ...string) (sum int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, k := range keys {
		sum += c.Get(k)
	}
	return sum
}

// Get read-locks.
func (c *Cache) Get(k string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.m[k]
}

// Upgrade write-locks what it has read-locked.
func (c *Cache) Upgrade() {
	c.mu.RLock()
	c.mu.Lock()
}

// Held never unlocks; another goroutine wants the lock.
func (a *Account) Held() {
	a.mu.Lock()
	go a.add(1)
	time.Sleep(500 * time.Millisecond)
}

// HeldByReaders: two readers keep a writer waiting.
func (c *Cache) HeldByReaders() {
	for range 2 {
		go func() {
			c.mu.RLock()
			time.Sleep(500 * time.Millisecond)
		}()
	}
	time.Sleep(20 * time.Millisecond)
	c.mu.Lock()
}

// Both deadlocks with two mutexes in two goroutines.
func Both(a, b *Account) {
	go slowly(a, b)
	slowly(b, a)
}

func slowly(a, b *Account) {
	a.mu.Lock()
	time.Sleep(20 * time.Millisecond)
	b.mu.Lock()
	b.mu.Unlock()
	a.mu.Unlock()
}

// Gate takes both orders under a third lock: no deadlock is possible.
func Gate(gate, a, b *Account) {
	wait(func() {
		gate.mu.Lock()
		Transfer(a, b, 1)
		gate.mu.Unlock()
	})
	wait(func() {
		gate.mu.Lock()
		Transfer(b, a, 1)
		gate.mu.Unlock()
	})
}

// Ambiguous locks twice in lines that go-deadlock prints alike: the return
// address of the first call is on the next line, that of the second is not.
func (a *Account) Ambiguous(b *Account) {
	b.mu.Lock()
	if a.mu.Lock(); a.balance == 0 {
		a.balance++
	}
	b.mu.Unlock()
	a.mu.Unlock()
	a.otherWay(b)
}

// otherWay takes the locks in the other order, and its lines are as ambiguous.
func (a *Account) otherWay(b *Account) {
	a.mu.Lock()
	if b.mu.Lock(); b.balance == 0 {
		b.balance++
	}
	a.mu.Unlock()
	b.mu.Unlock()
}

// Twice locks one mutex twice in lines that go-deadlock prints alike.
func (a *Account) Twice() {
	a.mu.Lock()
	if a.mu.Lock(); a.balance == 0 {
		a.balance++
	}
}

// Repeated takes both orders in a loop.
func Repeated(a, b *Account) {
	for range 3 {
		Transfer(a, b, 1)
		Transfer(b, a, 1)
	}
}

// Many: other goroutines hold locks while one locks again.
func Many(list []*Account) {
	for _, a := range list[1:] {
		go func() {
			a.mu.Lock()
			time.Sleep(500 * time.Millisecond)
			a.mu.Unlock()
		}()
	}
	time.Sleep(20 * time.Millisecond)
	list[0].Adjacent()
}

// A Locked is generic.
type Locked[T any] struct {
	mu Mutex
	v  T
}

// Set locks twice.
func (l *Locked[T]) Set(v T) {
	l.mu.Lock()
	func() {
		l.mu.Lock()
		l.v = v
	}()
}
