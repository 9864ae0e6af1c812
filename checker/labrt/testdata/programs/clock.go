package programs

import (
	"time"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/sync"
	"racelab/checker/labrt/sync/atomic"
	"racelab/checker/labrt/testing"
)

// The clock is virtual: it goes on when nobody else can.
//
// want: ended
func sleeps(t *testing.T) {
	began := time.Now()
	together(func() { sched.Sleep(3 * time.Second) }, func() { sched.Sleep(2 * time.Second) })()
	if took := time.Since(began); took != 3*time.Second {
		t.Error(took)
	}
}

// Sleeping orders nothing.
//
// want: ended+race
func sleepsInstead(*testing.T) {
	n := 0
	spawn(func() { n = 1 })
	sched.Sleep(time.Second)
	n++
}

// Both wake up at the same time: either may go first.
//
// want: ended, failed
func sleepEqually(t *testing.T) {
	var n atomic.Int32
	together(
		func() { sched.Sleep(time.Second); n.CompareAndSwap(0, 1) },
		func() { sched.Sleep(time.Second); n.CompareAndSwap(0, 2) },
	)()
	if n.Load() == 2 {
		t.Error("the second")
	}
}

// want: ended
func sleepsNot(*testing.T) {
	sched.Sleep(0)
	sched.Sleep(-time.Second)
}

// want: late
func sleepsLong(*testing.T) { sched.Sleep(time.Hour) }

// want: late
func sleepsAgain(*testing.T) {
	ch := make(chan int)
	spawn(func() {
		for {
			sched.Sleep(time.Second)
		}
	})
	sched.Recv(ch)
}

// want: leak
func sleepLeft(*testing.T) {
	spawn(func() { sched.Sleep(time.Hour) })
}

// Ends soon enough after the test.
//
// want: ended
func sleepsOn(*testing.T) {
	spawn(func() { sched.Sleep(100 * time.Millisecond) })
}

// want: ended
func ticks(t *testing.T) {
	began := time.Now()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for range 3 {
		sched.Recv(ticker.C)
	}
	if took := time.Since(began); took != 3*time.Second {
		t.Error(took)
	}
}

// A ticker that nobody stops is no leak by itself.
//
// want: ended
func ticksOn(*testing.T) { _ = time.NewTicker(time.Millisecond) }

// … but a goroutine that goes on for it.
//
// want: outlives
func tickerLeft(*testing.T) {
	ticker := time.NewTicker(time.Millisecond)
	spawn(func() {
		for {
			sched.Recv(ticker.C)
		}
	})
}

// want: ended
func timers(t *testing.T) {
	timer := time.NewTimer(time.Second)
	sched.Recv(timer.C)
	timer.Reset(time.Second)
	if !timer.Stop() {
		t.Error("not stopped")
	}
	fast, slow := time.After(time.Second), time.After(2*time.Second)
	if sched.Select(false, sched.RecvCase(slow), sched.RecvCase(fast)) != 1 {
		t.Error("the slow one")
	}
}

// want: ended
func afterFunc(t *testing.T) {
	var mu sync.Mutex
	n := 0
	ended := make(chan int)
	sched.AfterFunc(time.Second, func() {
		mu.Lock()
		n++
		mu.Unlock()
		sched.Sender(ended)(1)
	})
	mu.Lock()
	n++
	mu.Unlock()
	sched.Recv(ended)
	if sched.AfterFunc(time.Hour, func() {}).Stop(); n != 2 {
		t.Error(n)
	}
}

// want: ended+race
func afterFuncRaces(*testing.T) {
	n := 0
	ended := make(chan int)
	sched.AfterFunc(time.Second, func() { sched.Sender(ended)(1); n++ })
	sched.AfterFunc(time.Second, func() { sched.Sender(ended)(1); n++ })
	sched.Recv(ended)
	sched.Recv(ended)
}

// want: crash: after
func afterFuncPanics(*testing.T) {
	sched.AfterFunc(time.Second, func() { panic("after") })
	sched.Sleep(2 * time.Second)
}

// A function that is called by code that is not instrumented.
//
// want: ended
func foreignAfterFunc(t *testing.T) {
	var mu sync.Mutex
	n := 0
	ended := make(chan int, 2)
	for range 2 {
		time.AfterFunc(time.Second, func() {
			mu.Lock()
			n++
			mu.Unlock()
			sched.Sender(ended)(1)
		})
	}
	sched.Recv(ended)
	sched.Recv(ended)
	if n != 2 {
		t.Error(n)
	}
}

// A goroutine that code which is not instrumented has started, and that waits in
// such code.
//
// want: ended, failed
func foreignGoroutine(t *testing.T) {
	var n atomic.Int32
	ch, ended := make(chan int), make(chan int, 1)
	go func() {
		n.Load()
		<-ch
		n.CompareAndSwap(0, 1)
		sched.Sender(ended)(1)
	}()
	sched.Sleep(1)
	close(ch)
	sched.Gosched()
	n.CompareAndSwap(0, 2)
	sched.Recv(ended)
	if n.Load() == 2 {
		t.Error("the test was first")
	}
}
