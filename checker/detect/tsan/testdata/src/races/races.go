// Package races has one function per shape of data race. It is broken on
// purpose: its only use is to make the race detector write reports.
package races

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// later sleeps, so that the race detector sees its caller's next access second.
// A sleep orders nothing.
func later() { time.Sleep(5 * time.Millisecond) }

// An Account has a method that locks and one that does not.
type Account struct {
	mu      sync.Mutex
	balance int
}

func (a *Account) Deposit(n int) {
	a.balance += n
}

func (a *Account) DepositLocked(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
}

func (a *Account) Balance() int {
	return a.balance
}

// TwoWriters: both goroutines write at the same line.
func TwoWriters() int {
	var a Account
	done := make(chan bool)
	go func() {
		a.Deposit(1)
		done <- true
	}()
	go func() {
		later()
		a.Deposit(2)
		done <- true
	}()
	<-done
	<-done
	return a.balance
}

// HalfLocked: the writer locks, the reader does not.
func HalfLocked() int {
	var a Account
	done := make(chan bool)
	go func() {
		a.DepositLocked(1)
		done <- true
	}()
	later()
	b := a.Balance()
	<-done
	return b
}

// ReadThenWrite: the unlocked read comes first.
func ReadThenWrite() int {
	var a Account
	done := make(chan int)
	go func() { done <- a.Balance() }()
	later()
	a.DepositLocked(1)
	return <-done
}

// MapWrites: two goroutines write into one map.
func MapWrites() int {
	seen := map[string]int{}
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if i == 1 {
				later()
			}
			seen[fmt.Sprint(i)] = i
		}()
	}
	wg.Wait()
	return len(seen)
}

// MapDeleteRange: one goroutine deletes while the other ranges.
func MapDeleteRange() (sum int) {
	seen := map[int]int{1: 1, 2: 2}
	done := make(chan bool)
	go func() {
		delete(seen, 1)
		close(done)
	}()
	later()
	for k := range seen {
		sum += k
	}
	<-done
	return sum
}

// Append: two goroutines append to one slice.
func Append() int {
	var list []int
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() {
			if i == 1 {
				later()
			}
			list = append(list, i)
		})
	}
	wg.Wait()
	return len(list)
}

// Captured: the variable of the enclosing function is written by a goroutine.
func Captured() error {
	var err error
	done := make(chan bool)
	go func() {
		err = fmt.Errorf("captured")
		<-done
	}()
	later()
	defer close(done)
	return err
}

// WaitGroupGo: the goroutines are started by WaitGroup.Go.
func WaitGroupGo() int {
	n := 0
	var wg sync.WaitGroup
	wg.Go(func() { n++ })
	wg.Go(func() {
		later()
		n++
	})
	wg.Wait()
	return n
}

// MethodValue: the goroutine runs a method value.
func MethodValue() int {
	var a Account
	f := a.Deposit
	done := make(chan bool)
	go func() {
		f(1)
		<-done
	}()
	later()
	defer close(done)
	return a.Balance()
}

// GoMethod: the go statement calls a method itself, with an argument.
func GoMethod() int {
	var a Account
	go a.Deposit(3)
	later()
	return a.Balance()
}

// AtomicPlain: an atomic addition here, a plain read there.
func AtomicPlain() int64 {
	var n int64
	done := make(chan bool)
	go func() {
		atomic.AddInt64(&n, 1)
		<-done
	}()
	later()
	defer close(done)
	return n
}

// PlainAtomic: a plain write first, an atomic read second.
func PlainAtomic() int64 {
	var n int64
	done := make(chan bool)
	go func() {
		n++
		<-done
	}()
	later()
	defer close(done)
	return atomic.LoadInt64(&n)
}

// SendClose: one goroutine closes the channel that another sends on.
func SendClose() {
	c := make(chan int, 1)
	go func() { c <- 1 }()
	later()
	close(c)
}

// AddWait: WaitGroup.Add runs in the goroutine instead of before it.
func AddWait() {
	var wg sync.WaitGroup
	go func() {
		wg.Add(1)
		defer wg.Done()
		later()
		later()
	}()
	later()
	wg.Wait()
}

// Nested: the racing goroutine was started by another that has finished.
func Nested() int {
	n := 0
	done := make(chan bool)
	go func() {
		go func() {
			later()
			n = 1
			<-done
		}()
	}()
	later()
	later()
	defer close(done)
	return n
}

// Buffer: the race is inside a package of the standard library.
func Buffer() string {
	var buf bytes.Buffer
	done := make(chan bool)
	go func() {
		buf.WriteString("one")
		<-done
	}()
	later()
	buf.WriteString("two")
	close(done)
	return buf.String()
}

// A Stack is generic.
type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }

func (s *Stack[T]) Len() int { return len(s.items) }

// Generic: a method of a generic type races.
func Generic() int {
	var s Stack[Account]
	done := make(chan bool)
	go func() {
		s.Push(Account{balance: 1})
		<-done
	}()
	later()
	defer close(done)
	return s.Len()
}

// Copying: copy reads what another goroutine writes.
func Copying() int {
	from := []int{1, 2, 3}
	to := make([]int, 3)
	done := make(chan bool)
	go func() {
		from[2] = 9
		<-done
	}()
	later()
	defer close(done)
	return copy(to, from)
}

// Timer: time.AfterFunc runs the function in a goroutine of its own.
func Timer() int {
	n := 0
	time.AfterFunc(time.Millisecond, func() { n = 1 })
	later()
	later()
	return n
}

var state string

// Global: a package-level variable is written from two goroutines.
func Global() string {
	done := make(chan bool)
	go func() {
		state = "one"
		<-done
	}()
	later()
	state = "two"
	close(done)
	return state
}

// Several: three reports in one run, two of them of the same pair of lines.
func Several() int {
	var a, b Account
	var name string
	done := make(chan bool)
	go func() {
		a.Deposit(1)
		b.Deposit(1)
		name = "x"
		<-done
	}()
	later()
	n := a.Balance() + b.Balance() + len(name)
	close(done)
	return n
}

// OnceFunc: what sync.Once calls races with what another goroutine does.
func OnceFunc() int {
	var once sync.Once
	n := 0
	done := make(chan bool)
	go func() {
		n = 1
		<-done
	}()
	later()
	once.Do(func() { n++ })
	close(done)
	return n
}

// AtomicHere: the atomic operation is in a function that another one calls.
func AtomicHere() int64 {
	var n int64
	done := make(chan bool)
	go func() {
		n = 1
		<-done
	}()
	later()
	defer close(done)
	return load(&n)
}

func load(n *int64) int64 { return atomic.LoadInt64(n) }

// CopiedLock: a struct with an RWMutex in it is copied while it is in use.
func CopiedLock() {
	var c struct {
		mu sync.RWMutex
		n  int
	}
	done := make(chan bool)
	go func() {
		c.mu.Lock()
		c.n++
		c.mu.Unlock()
		<-done
	}()
	later()
	d := c
	d.n++
	close(done)
}

// Deep: the race is below a recursive function.
func Deep() int {
	var a Account
	done := make(chan bool)
	go func() {
		descend(&a, 4)
		<-done
	}()
	later()
	defer close(done)
	return a.Balance()
}

func descend(a *Account, n int) {
	if n > 0 {
		descend(a, n-1)
		return
	}
	a.Deposit(1)
}

// Each calls f for every item, each in its own goroutine.
func Each(items []int, f func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Go(func() { f(item) })
	}
	wg.Wait()
}
