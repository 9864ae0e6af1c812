package programs

import (
	"errors"
	"runtime"
	"strconv"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/sync"
	"racelab/checker/labrt/testing"
)

// want: ended
func subtests(t *testing.T) {
	n := 0
	for i := range 2 {
		ok := t.Run("part", func(t *testing.T) {
			var wg sync.WaitGroup
			wg.Go(func() { n++ })
			wg.Wait()
			t.Cleanup(func() { n++ })
		})
		if !ok || n != 2*i+2 {
			t.Error(n)
		}
	}
}

// want: failed
func subtestFails(t *testing.T) {
	if t.Run("part", func(t *testing.T) { t.Fatal("fails") }) {
		t.Skip("no")
	}
}

// want: deadlock
func subtestHangs(t *testing.T) {
	t.Run("part", func(*testing.T) { sched.Recv(make(chan int)) })
}

// want: crash: part
func subtestPanics(t *testing.T) {
	t.Run("part", func(*testing.T) { panic("part") })
}

// A cleanup function is called when the test has ended, also by FailNow.
//
// want: failed
func cleanup(t *testing.T) {
	ch, ended := make(chan int), make(chan int)
	spawn(func() { sched.Recv(ch); sched.Close(ended) })
	t.Cleanup(func() { sched.Recv(ended) })
	t.Cleanup(func() { sched.Sender(ch)(1) })
	t.FailNow()
}

// want: skipped
func skips(t *testing.T) { t.Skip("skips") }

// want: failed
func goexit(*testing.T) { runtime.Goexit() }

// want: leak
func failsAndLeaks(t *testing.T) {
	spawn(func() { sched.Recv(make(chan int)) })
	t.Fatal("fails")
}

// want: crash: boom
func panics(*testing.T) { panic(errors.New("boom")) }

// A panic that is recovered from leaves the lock locked; where it was is known.
//
// want: deadlock
func lockedPanics(*testing.T) {
	var mu sync.Mutex
	func() {
		defer func() { sched.Recovered(recover()) }()
		mu.Lock()
		var seats []int
		seats[len(seats)+2]++
	}()
	mu.Lock()
}

// want: crash: boom
func panicInGoroutine(*testing.T) {
	spawn(func() { panic("boom") })
	sched.Recv(make(chan int))
}

// The goroutine ends before the test, or never gets that far.
//
// want: crash: boom
func panicLate(*testing.T) {
	spawn(func() { sched.Gosched(); panic("boom") })
}

// want: ended
func goexitInGoroutine(*testing.T) {
	together(runtime.Goexit)()
}

var (
	counter int
	greeted sync.Once
	words   = []string{"fresh"}
)

func init() {
	sched.Register(func() {
		counter, words = 0, []string{"fresh"}
		sched.Zero(&greeted)
	})
}

// Every schedule begins with package-level variables as they were.
//
// want: ended
func fresh(t *testing.T) {
	counter++
	first := false
	greeted.Do(func() { first = true })
	words = append(words, strconv.Itoa(len(words)))
	if counter != 1 || !first || len(words) != 2 {
		t.Error(counter, first, words)
	}
}

// want: failed
func message(t *testing.T) { t.Errorf("%d of %d", 1, 2) }

// Starts more goroutines than there is room for at first.
//
// want: ended
func crowd(t *testing.T) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for range 40 {
		wg.Go(func() { mu.Lock(); n++; mu.Unlock() })
	}
	wg.Wait()
	if n != 40 {
		t.Error(n)
	}
}

// Uses more objects than there is room for at first.
//
// want: ended
func many(*testing.T) {
	locks := make([]sync.Mutex, 200)
	use := func() {
		for i := range locks {
			locks[i].Lock()
		}
		for i := range locks {
			locks[i].Unlock()
		}
	}
	together(use, use)()
}

// What a test says orders nothing.
//
// want: failed+race
func testsSay(t *testing.T) {
	n := 0
	say := func() {
		t.Helper()
		t.Log("before")
		t.Attr("key", "value")
		n++
		t.Errorf("after")
		t.Name()
		t.Failed()
	}
	together(say, say)()
}

// But a cleanup function comes after its registration.
//
// want: ended
func cleanupInOrder(t *testing.T) {
	n := 0
	spawn(func() {
		n = 1
		t.Cleanup(func() { n++ })
	})
	t.Cleanup(sched.Gosched)
}
