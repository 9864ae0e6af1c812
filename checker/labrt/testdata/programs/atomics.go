package programs

import (
	"time"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/sync"
	"racelab/checker/labrt/sync/atomic"
	"racelab/checker/labrt/testing"
)

// want: ended
func atomicAdd(t *testing.T) {
	var n atomic.Int32
	add := func() { n.Add(1) }
	together(add, add, add)()
	if n.Load() != 3 {
		t.Error(n.Load())
	}
}

// want: ended, failed
func atomicLoadStore(t *testing.T) {
	var n int64
	add := func() { atomic.StoreInt64(&n, atomic.LoadInt64(&n)+1) }
	together(add, add)()
	if n != 2 {
		t.Error(n)
	}
}

// want: ended
func atomicSwap(t *testing.T) {
	var n atomic.Uint64
	add := func() {
		for {
			if old := n.Load(); n.CompareAndSwap(old, old+1) {
				return
			}
		}
	}
	together(add, add, add)()
	if n.Load() != 3 {
		t.Error(n.Load())
	}
}

// An atomic store orders what came before it.
//
// want: ended
func published(t *testing.T) {
	var p atomic.Pointer[int]
	wait := together(func() { n := 1; p.Store(&n) })
	for p.Load() == nil {
	}
	if *p.Load() != 1 {
		t.Error("too early")
	}
	wait()
}

// Polls two variables, and yields.
//
// want: ended
func polls(*testing.T) {
	var a, b atomic.Bool
	wait := together(func() { a.Store(true) }, func() { b.Store(true) })
	for !a.Load() || !b.Load() {
		sched.Gosched()
	}
	wait()
}

// A lock of one's own.
//
// want: ended
func spinLock(t *testing.T) {
	var held atomic.Int32
	n := 0
	add := func() {
		for !held.CompareAndSwap(0, 1) {
		}
		n++
		held.Store(0)
	}
	together(add, add, add)()
	if n != 3 {
		t.Error(n)
	}
}

// Two who wait for each other and never stop moving.
//
// want: long
func livelock(*testing.T) {
	var n atomic.Int32
	step := func() {
		for n.Add(1) > 0 {
		}
	}
	together(step, step)()
}

// Waits for something that never happens.
//
// want: late
func pollsForEver(*testing.T) {
	var a atomic.Bool
	for !a.Load() {
	}
}

// Fails a thousand times, and the clock hardly advances.
//
// want: ended
func triesManyTimes(t *testing.T) {
	start := time.Now()
	var a atomic.Bool
	for range 1000 {
		if a.CompareAndSwap(true, false) {
			t.Error("it was not true")
		}
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Error(d)
	}
}

// want: ended+race
func halfAtomic(*testing.T) {
	var n int32
	together(func() { atomic.AddInt32(&n, 1) }, func() { n++ })()
}

// want: ended
func values(t *testing.T) {
	var v atomic.Value
	together(func() { v.Store("a") }, func() { v.Store("b") })()
	if v.CompareAndSwap("c", "d") || v.Swap("e") == "d" || v.Load() != "e" {
		t.Error(v.Load())
	}
}

// Polls under a lock, which changes something every time, and does not yield.
//
// want: ended
func pollsLocked(*testing.T) {
	var mu sync.Mutex
	done := false
	poll := func() {
		for ended := false; !ended; {
			mu.Lock()
			ended = done
			mu.Unlock()
		}
	}
	work := func() {
		for range 10 {
			mu.Lock()
			mu.Unlock()
		}
		mu.Lock()
		done = true
		mu.Unlock()
	}
	together(poll, poll, work)()
}

// want: ended
func pollsChannel(*testing.T) {
	state := make(chan int, 1)
	sched.Sender(state)(0)
	poll := func() {
		for n := 0; n < 3; {
			n = sched.Recv(state)
			sched.Sender(state)(n)
		}
	}
	work := func() {
		for range 3 {
			sched.Sender(state)(sched.Recv(state) + 1)
		}
	}
	together(poll, poll, work)()
}

// Who sets what is set already, or masks what is masked, waits for somebody else: time
// passes meanwhile.
//
// want: ended
func swapsInVain(*testing.T) {
	for _, taken := range []func(*atomic.Int32) bool{
		func(n *atomic.Int32) bool { return n.Swap(1) == 1 },
		func(n *atomic.Int32) bool { return n.Or(1) == 1 },
		func(n *atomic.Int32) bool { return n.Add(0) == 1 || !n.CompareAndSwap(0, 1) },
	} {
		var n atomic.Int32
		work := func() {
			for taken(&n) {
				sched.Gosched()
			}
			sched.Sleep(time.Second)
			n.And(0)
		}
		together(work, work)()
	}
}
