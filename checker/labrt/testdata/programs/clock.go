package programs

import (
	"context"
	"time"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/sync"
	"racelab/checker/labrt/sync/atomic"
	"racelab/checker/labrt/testing"
)

// The clock is virtual: it advances when no goroutine is runnable.
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

// A ticker that is never stopped is no leak by itself.
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

// halves adds two in two steps, while wait waits. It fails when wait returns in
// between.
func halves(t *testing.T, wait func()) {
	var n atomic.Int32
	ended := make(chan int)
	spawn(func() {
		wait()
		if n.Load() == 1 {
			t.Error("half")
		}
		sched.Sender(ended)(1)
	})
	n.Add(1)
	n.Add(1)
	sched.Recv(ended)
}

// Who can go on may still be overtaken by a timer …
//
// want: ended, failed
func overtaken(t *testing.T) {
	halves(t, func() { sched.Sleep(10 * time.Millisecond) })
}

// want: ended, failed
func overtakenByATimer(t *testing.T) {
	halves(t, func() { sched.Recv(sched.After(time.Millisecond)) })
}

// want: ended, failed
func overtakenByATicker(t *testing.T) {
	halves(t, func() {
		tick := sched.Tick(2 * time.Millisecond)
		sched.Recv(tick)
		sched.Recv(tick)
	})
}

// want: ended, failed
func overtakenAfterAReset(t *testing.T) {
	halves(t, func() {
		timer := sched.NewTimer(time.Hour)
		timer.Reset(sched.Resets(time.Millisecond))
		sched.Recv(timer.C)
	})
}

// want: ended, failed
func overtakenByAFunction(t *testing.T) {
	halves(t, func() {
		called := make(chan int)
		sched.AfterFunc(time.Millisecond, func() { sched.Close(called) })
		sched.Recv(called)
	})
}

// want: ended, failed
func overtakenByADeadline(t *testing.T) {
	halves(t, func() {
		ctx, cancel := sched.WithTimeout(context.Background(), time.Millisecond)
		sched.Recv(ctx.Done())
		cancel()
	})
}

// … but not by so much …
//
// want: ended
func notOvertakenByMuch(t *testing.T) {
	halves(t, func() { sched.Sleep(10*time.Millisecond + 1) })
}

// … altogether.
//
// want: ended
func notOvertakenAgain(t *testing.T) {
	halves(t, func() {
		sched.Sleep(6 * time.Millisecond)
		sched.Sleep(6 * time.Millisecond)
	})
}

// A timer that no goroutine waits for any more overtakes none.
//
// want: ended
func stopped(t *testing.T) {
	halves(t, func() {
		timer := sched.NewTimer(time.Millisecond)
		timer.Stop()
		sched.Sleep(time.Second)
	})
}

// Who polls with a ticker that is very fast gets to the end.
//
// want: ended
func pollsWithATicker(t *testing.T) {
	free := make(chan int, 1)
	spawn(func() {
		sched.Sleep(10 * time.Millisecond)
		sched.Sender(free)(1)
	})
	ticker := sched.NewTicker(time.Nanosecond)
	defer ticker.Stop()
	for sched.Select(true, sched.RecvCase(free)) < 0 {
		sched.Recv(ticker.C)
	}
}

// … and who polls under a lock, with very short sleeps, too …
//
// want: ended
func pollsUnderALock(t *testing.T) {
	var mu sync.Mutex
	busy := true
	spawn(func() {
		sched.Sleep(10 * time.Millisecond)
		mu.Lock()
		busy = false
		mu.Unlock()
	})
	for {
		mu.Lock()
		waits := busy
		mu.Unlock()
		if !waits {
			return
		}
		sched.Sleep(time.Nanosecond)
	}
}

// … and who looks at the clock until it is time.
//
// want: ended
func looksAtTheClock(t *testing.T) {
	for start := sched.Now(); sched.Since(start) < 10*time.Millisecond; {
	}
	for end := sched.Now().Add(time.Millisecond); sched.Until(end) > 0; {
	}
}

// However many goroutines can go on, the clock is one candidate more.
//
// want: ended
func manyAndTheClock(*testing.T) {
	timer := sched.NewTimer(time.Millisecond)
	var n atomic.Int32
	for range 60 {
		spawn(func() { n.Add(1) })
		n.Add(1)
	}
	sched.Recv(timer.C)
}
