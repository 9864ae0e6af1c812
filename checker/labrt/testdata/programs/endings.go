package programs

import (
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/sync"
	"racelab/checker/labrt/sync/atomic"
	"racelab/checker/labrt/testing"
)

// Tests end as package testing has it.

// Parallel subtests run when their parent's function has ended, at the same time.
//
// want: ended+race
func parallelSubtests(t *testing.T) {
	var mu sync.Mutex
	n, order := 0, 0
	for range 2 {
		t.Run("part", func(t *testing.T) {
			t.Parallel()
			n++
			mu.Lock()
			if order != 1 {
				t.Error("before the end of the parent's function")
			}
			mu.Unlock()
			_ = n
		})
	}
	t.Cleanup(func() {
		if n == 0 {
			t.Error("before the subtests")
		}
	})
	order = 1
}

// want: ended
func parallelSubtestsMeet(t *testing.T) {
	met := make(chan int)
	t.Run("one", func(t *testing.T) { t.Parallel(); sched.Sender(met)(1) })
	t.Run("other", func(t *testing.T) { t.Parallel(); sched.Recv(met) })
}

// want: failed
func parallelSubtestFails(t *testing.T) {
	t.Run("part", func(t *testing.T) { t.Parallel(); t.Fatal("fails") })
}

// want: crash: testing: t.Parallel called multiple times
func parallelTwice(t *testing.T) { t.Parallel(); t.Parallel() }

const conflict = "testing: test using t.Setenv, t.Chdir, or cryptotest.SetGlobalRandom can not use t.Parallel"

// want: ended
func setenvInParallel(t *testing.T) {
	t.Parallel()
	t.Run("part", func(t *testing.T) {
		defer func() {
			if r := recover(); r != conflict {
				t.Error(r)
			}
		}()
		t.Setenv("key", "value")
	})
}

// want: ended
func parallelAfterSetenv(t *testing.T) {
	defer func() {
		if r := recover(); r != conflict {
			t.Error(r)
		}
	}()
	t.Setenv("key", "value")
	t.Parallel()
}

// want: crash: Log in goroutine after logAfterEnd has completed: late
func logAfterEnd(t *testing.T) {
	spawn(func() { sched.Gosched(); t.Log("late") })
}

// The report itself is what may come before the end or after it: nothing else that the
// goroutine does orders anything.
//
// want: ended, crash: Log in goroutine after logInGoroutine has completed: early or late
func logInGoroutine(t *testing.T) {
	spawn(func() { t.Log("early or late") })
	sched.Gosched()
}

// want: failed, crash: Fail in goroutine after failInGoroutine has completed
func failInGoroutine(t *testing.T) {
	spawn(t.Fail)
	sched.Gosched()
}

// The subtest's parent ends when all else has been said.
//
// want: ended
func logInSubtest(t *testing.T) {
	wait := func() {}
	t.Run("part", func(t *testing.T) { wait = together(func() { t.Log("late") }) })
	wait()
}

// want: crash: Fail in goroutine after failAfterEnd has completed
func failAfterEnd(t *testing.T) {
	spawn(func() { sched.Gosched(); t.Fail() })
}

// A subtest has ended, its parent has not: what it says goes to the parent.
//
// want: ended
func logAfterSubtest(t *testing.T) {
	var sub *testing.T
	t.Run("part", func(t *testing.T) { sub = t })
	sub.Log("late")
}

// want: crash: Fail in goroutine after failAfterSubtest/part has completed
func failAfterSubtest(t *testing.T) {
	var sub *testing.T
	t.Run("part", func(t *testing.T) { sub = t })
	sub.Fail()
}

// A subtest that another goroutine runs may come too late.
//
// want: failed, ended, crash: testing: t.Run called after runInGoroutine has completed
func runInGoroutine(t *testing.T) {
	spawn(func() { t.Run("part", func(*testing.T) { sched.Gosched() }) })
	sched.Gosched()
}

// want: crash: testing: t.Run called after runAfterEnd has completed
func runAfterEnd(t *testing.T) {
	spawn(func() { t.Run("part", func(*testing.T) {}) })
}

// FailNow of the parent ends the subtest, and then the parent.
//
// want: failed
func failsParent(t *testing.T) {
	t.Run("part", func(*testing.T) { t.FailNow() })
	panic("the parent goes on")
}

// FailNow ends the goroutine that calls it, and no other.
//
// want: failed
func failNowElsewhere(t *testing.T) {
	var n atomic.Int32
	together(func() { t.FailNow(); n.Add(1) })()
	if n.Load() != 0 {
		panic("it goes on")
	}
}
