package programs

import (
	"context"
	"time"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/testing"
)

// A ticker and a time-out are due together: either may come first.
//
// want: ended, failed
func tickAndTimeOut(t *testing.T) {
	ticker := sched.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	if sched.Select(false, sched.RecvCase(ticker.C), sched.RecvCase(sched.After(10*time.Millisecond))) == 1 {
		t.Error("the time-out")
	}
}

// want: ended, failed
func twoDeadlines(t *testing.T) {
	a, cancelA := sched.WithTimeout(context.Background(), time.Second)
	defer cancelA()
	b, cancelB := sched.WithTimeout(context.Background(), time.Second)
	defer cancelB()
	if sched.Select(false, sched.RecvCase(a.Done()), sched.RecvCase(b.Done())) == 1 {
		t.Error("b")
	}
}

// The third tick and the only one of the other come together, and both are taken.
//
// want: ended
func ticksMeet(t *testing.T) {
	fast, slow := sched.NewTicker(10*time.Millisecond), sched.NewTimer(30*time.Millisecond)
	defer fast.Stop()
	ticks, slows := 0, 0
	for ticks < 8 {
		switch sched.Select(false, sched.RecvCase(fast.C), sched.RecvCase(slow.C)) {
		case 0:
			ticks++
		case 1:
			slows++
		}
	}
	if slows != 1 {
		t.Error(slows)
	}
}

// Timers that were stopped are due as well, and nothing comes of it.
//
// want: deadlock
func stoppedTogether(*testing.T) {
	a, b := sched.NewTimer(time.Second), sched.NewTimer(time.Second)
	a.Stop()
	b.Stop()
	sched.Select(false, sched.RecvCase(a.C), sched.RecvCase(b.C))
}

// A goroutine that waits for two timers takes one of them, not what is sent later.
//
// want: ended
func tieBeforeSend(t *testing.T) {
	ch := make(chan int)
	spawn(func() {
		sched.Sleep(time.Second)
		sched.Select(true, sched.SendCase(ch)(1))
	})
	if sched.Select(false, sched.RecvCase(sched.After(time.Second)), sched.RecvCase(sched.After(time.Second)), sched.RecvCase(ch)) == 2 && !lucky() {
		t.Error("was sent")
	}
}

// lucky reports whether a timer may have been a little late.
func lucky() bool { return time.Now().Nanosecond() != 0 }

// A sleep and a time-out end together.
//
// want: ended, failed
func sleepAndTimeOut(t *testing.T) {
	ch := make(chan int)
	spawn(func() {
		sched.Sleep(time.Second)
		sched.Select(true, sched.SendCase(ch)(1))
	})
	if sched.Select(false, sched.RecvCase(sched.After(time.Second)), sched.RecvCase(ch)) == 1 {
		t.Error("was sent")
	}
}

// Random numbers vary.
//
// want: ended, failed
func draws(t *testing.T) {
	if n, _ := sched.Draw(); n&1 == 1 {
		t.Error("odd")
	}
}

// They do not depend on what other goroutines do in the meantime.
//
// want: ended
func drawsApart(t *testing.T) {
	var drawn [3]uint64
	draw := func(i int) func() {
		return func() {
			drawn[i], _ = sched.Draw()
			sched.Gosched()
			if again, _ := sched.Draw(); again == drawn[i] {
				t.Error("the same number twice")
			}
		}
	}
	together(draw(0), draw(1), draw(2))()
	if drawn[0] == drawn[1] || drawn[1] == drawn[2] {
		t.Error(drawn)
	}
}

// A program may take the time for a random number.
//
// want: ended, failed
func drawsTime(t *testing.T) {
	if sched.Now().UnixNano()%2 == 1 {
		t.Error("odd")
	}
}

// There are as many CPUs on every machine.
//
// want: ended
func onEachCPU(*testing.T) {
	for range min(sched.NumCPU(), sched.GOMAXPROCS(0)) {
		sched.Gosched()
	}
}
