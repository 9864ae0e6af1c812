package programs

import (
	"reflect"
	"runtime/debug"
	"strings"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/sync"
	"racelab/checker/labrt/testing"
)

// want: ended
func waitGroup(t *testing.T) {
	var wg sync.WaitGroup
	var a, b int
	wg.Add(1)
	spawn(func() { defer wg.Done(); a = 1 })
	wg.Go(func() { b = 1 })
	together(wg.Wait)()
	wg.Wait()
	if a+b != 2 {
		t.Error("too early")
	}
}

// want: ended
func waitGroupTwice(t *testing.T) {
	var wg sync.WaitGroup
	n := 0
	for i := range 3 {
		wg.Go(func() { n++ })
		wg.Wait()
		if n != i+1 {
			t.Error("too early")
		}
	}
}

// want: deadlock
func doneForgotten(*testing.T) {
	var wg sync.WaitGroup
	wg.Add(2)
	spawn(wg.Done)
	wg.Wait()
}

// want: crash: sync: negative WaitGroup counter
func doneTwice(*testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Done()
	wg.Done()
}

// A panic that is recovered is no crash, and the counter stays as it is.
//
// want: ended
func doneTwiceRecovered(*testing.T) {
	var wg sync.WaitGroup
	func() {
		defer func() { recover() }()
		wg.Done()
	}()
	wg.Add(1)
	wg.Wait()
}

// Add in the goroutine that it counts: Wait may come first.
//
// want: ended, ended+race, failed
func addInside(t *testing.T) {
	var wg sync.WaitGroup
	ended := make(chan int, 1)
	spawn(func() {
		wg.Add(1)
		defer wg.Done()
		sched.Sender(ended)(1)
	})
	wg.Wait()
	if sched.Len(ended) == 0 {
		t.Error("too early")
	}
}

// want: crash: boom
func panicInGroup(*testing.T) {
	var wg sync.WaitGroup
	wg.Go(func() { panic("boom") })
	wg.Wait()
}

// want: ended
func once(t *testing.T) {
	var o sync.Once
	n := 0
	do := func() {
		o.Do(func() { sched.Gosched(); n++ })
		if n != 1 {
			t.Error("before the end of f")
		}
	}
	together(do, do, do)()
}

// want: deadlock
func onceInOnce(*testing.T) {
	var o sync.Once
	o.Do(func() { o.Do(func() {}) })
}

// want: ended
func oncePanics(t *testing.T) {
	var o sync.Once
	do := func() (panicked bool) {
		defer func() { panicked = recover() != nil }()
		o.Do(func() { panic("once") })
		return false
	}
	first, second := do(), do()
	if !first || second {
		t.Error("the first Do panics, later ones do nothing")
	}
}

// want: ended
func onceValues(t *testing.T) {
	n := 0
	f := sync.OnceValues(func() (int, error) { sched.Gosched(); n++; return n, nil })
	get := func() {
		if v, err := f(); v != 1 || err != nil {
			t.Error(v, err)
		}
	}
	together(get, get)()
	sync.OnceFunc(get)()
}

// Each call panics when the function did.
//
// want: ended
func onceValuePanics(t *testing.T) {
	f := sync.OnceValue(func() int { sched.Gosched(); panic("value") })
	get := func() {
		defer func() {
			if r := recover(); r != "value" {
				t.Error(r)
			}
		}()
		f()
	}
	together(get, get)()
}

// want: ended
func cond(*testing.T) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	ready := false
	wait := together(func() {
		mu.Lock()
		for !ready {
			c.Wait()
		}
		mu.Unlock()
	})
	mu.Lock()
	ready = true
	mu.Unlock()
	c.Signal()
	wait()
}

// Looks at the condition before it locks: the signal may come in between.
//
// want: ended, deadlock
func condTooLate(*testing.T) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	ready := false
	wait := together(func() {
		mu.Lock()
		was := ready
		mu.Unlock()
		mu.Lock()
		if !was {
			c.Wait()
		}
		mu.Unlock()
	})
	mu.Lock()
	ready = true
	mu.Unlock()
	c.Signal()
	wait()
}

// Signal wakes who has waited longest.
//
// want: ended
func condInOrder(t *testing.T) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	var came, woken []int
	wait := func(i int) func() {
		return func() {
			mu.Lock()
			came = append(came, i)
			c.Wait()
			woken = append(woken, i)
			mu.Unlock()
		}
	}
	all := together(wait(0), wait(1), wait(2))
	for i := range 3 {
		for enough := false; !enough; {
			mu.Lock()
			enough = len(came) == 3 && len(woken) == i
			mu.Unlock()
			sched.Gosched()
		}
		c.Signal()
	}
	all()
	for i := range woken {
		if woken[i] != came[i] {
			t.Error("not in order", came, woken)
		}
	}
}

// want: ended
func condAll(*testing.T) {
	var mu sync.RWMutex
	c := sync.NewCond(mu.RLocker())
	ready := false
	wait := func() {
		c.L.Lock()
		for !ready {
			c.Wait()
		}
		c.L.Unlock()
	}
	all := together(wait, wait)
	mu.Lock()
	ready = true
	mu.Unlock()
	c.Broadcast()
	all()
}

// want: crash: fatal error: sync: unlock of unlocked mutex
func condUnlocked(*testing.T) {
	var mu sync.Mutex
	sync.NewCond(&mu).Wait()
}

// A copy of a condition variable that was in use panics.
//
// want: ended
func condCopied(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a copy can be used")
		}
	}()
	c := sync.Cond{L: &sync.Mutex{}}
	c.Signal()
	var other sync.Cond
	reflect.ValueOf(&other).Elem().Set(reflect.ValueOf(&c).Elem()) // other = c, which vet refuses
	other.Signal()
}

// A panic of a function that runs once comes from where it panicked.
//
// want: ended
func onceFuncPanics(t *testing.T) {
	defer func() {
		if stack := string(debug.Stack()); recover() != "first" || !strings.Contains(stack, ".panicsAtOnce(") {
			t.Error(stack)
		}
	}()
	sync.OnceFunc(panicsAtOnce)()
}

func panicsAtOnce() { panic("first") }
