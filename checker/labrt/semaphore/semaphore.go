// Package semaphore stands in for golang.org/x/sync/semaphore in instrumented
// code: the same API with the same meaning. To the scheduler each operation is
// one step.
package semaphore

import (
	"context"
	"strconv"
	"sync"
	"unsafe"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/wire"
)

// A Weighted is a weighted semaphore. Waiting goroutines are served in order of
// arrival, so that small requests do not keep a large one waiting for ever.
type Weighted struct {
	size int64

	// The standard mutex, not the stand-in: no goroutine holds it at a yield
	// point, and in lock mode it is not one of the program's locks.
	mu    sync.Mutex
	taken int64
	first *waiter // in order of arrival
	last  *waiter
}

type waiter struct {
	n      int64
	served chan struct{} // closed when n has been taken for it
	by     *sched.G      // the waiting goroutine; nil if it also waits for a context
	prev   *waiter
	next   *waiter
}

// NewWeighted returns a semaphore of size n.
func NewWeighted(n int64) *Weighted {
	if n < 0 {
		panic("semaphore: size < 0")
	}
	return &Weighted{size: n}
}

// Acquire takes n, and waits until it can. When ctx is done first it takes nothing
// and returns ctx.Err().
func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	checkWeight(n)
	done := ctx.Done()
	s.lock(wire.OpWait)
	switch {
	case isClosed(done):
		s.mu.Unlock()
		return ctx.Err()
	case s.fits(n):
		s.take(n)
		s.mu.Unlock()
		return nil
	case n > s.size:
		s.mu.Unlock()
		sched.Recv(done) // it will never fit, and must not make others wait
		return ctx.Err()
	}
	w := s.join(n)
	if done != nil {
		s.mu.Unlock()
		return s.wait(ctx, w)
	}
	w.by = sched.Self()
	s.mu.Unlock()
	sched.Suspend()
	<-w.served
	return nil
}

// TryAcquire takes n if it can without waiting, and reports whether it did.
func (s *Weighted) TryAcquire(n int64) bool {
	checkWeight(n)
	rt.Delay()
	sched.Point(wire.OpSwap, wire.Write, unsafe.Pointer(s))
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.fits(n) {
		sched.Swapped(false)
		return false
	}
	s.take(n)
	return true
}

// Release gives n back. It panics if fewer than n are taken.
func (s *Weighted) Release(n int64) {
	checkWeight(n)
	s.lock(wire.OpSignal)
	defer s.mu.Unlock()
	if n > s.taken {
		s.taken -= n
		panic("semaphore: released more than held")
	}
	s.give(n)
}

// lock is the yield point before op, which may read a context or wake a goroutine
// that does; then it locks s.mu.
func (s *Weighted) lock(op wire.Op) {
	rt.Delay()
	sched.PointContexts(op, wire.Write, unsafe.Pointer(s))
	s.mu.Lock()
}

// What follows is called with s.mu held.

// fits reports whether n can be taken now, without overtaking a waiting goroutine.
func (s *Weighted) fits(n int64) bool { return s.first == nil && n <= s.size-s.taken }

func (s *Weighted) take(n int64) {
	s.taken += n
	sched.Swapped(true)
	s.tell()
}

func (s *Weighted) give(n int64) {
	s.taken -= n
	s.serve()
	s.tell()
}

// serve lets waiting goroutines continue, up to the first whose request does not
// fit.
func (s *Weighted) serve() {
	for w := s.first; w != nil && w.n <= s.size-s.taken; w = s.first {
		s.taken += w.n
		s.leave(w)
		close(w.served)
		sched.Resume(w.by)
	}
	sched.Woke()
}

func (s *Weighted) tell() {
	if sched.Detailed() {
		sched.Tell(strconv.FormatInt(s.taken, 10) + " of " + strconv.FormatInt(s.size, 10) + " taken")
	}
}

func (s *Weighted) join(n int64) *waiter {
	w := &waiter{n: n, served: make(chan struct{}), prev: s.last}
	if s.last == nil {
		s.first = w
	} else {
		s.last.next = w
	}
	s.last = w
	return w
}

func (s *Weighted) leave(w *waiter) {
	if w.prev == nil {
		s.first = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		s.last = w.prev
	} else {
		w.next.prev = w.prev
	}
}

// wait waits until w is served or ctx is done. If both have happened, w's share is
// given back.
func (s *Weighted) wait(ctx context.Context, w *waiter) error {
	done := ctx.Done()
	served := sched.Select(false, sched.RecvCase(done), sched.RecvCase(w.served)) == 1
	if served && !isClosed(done) {
		return nil
	}
	s.lock(wire.OpSignal)
	defer s.mu.Unlock()
	if isClosed(w.served) {
		s.give(w.n)
		return ctx.Err()
	}
	wasFirst := s.first == w
	s.leave(w)
	if wasFirst && s.taken < s.size {
		s.serve() // the others may have waited only behind w
	}
	return ctx.Err()
}

func checkWeight(n int64) {
	if n < 0 {
		panic("semaphore: n < 0")
	}
}

func isClosed(ch <-chan struct{}) bool {
	select {
	case <-ch:
		return true
	default:
		return false
	}
}
