// Package crashes has one function per way to bring a program down. It is
// broken on purpose: its only use is to make the run-time print crashes.
package crashes

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

// A Refund is a value to panic with.
type Refund struct {
	Name   string
	Amount int
}

// A Code is a panic value with a method.
type Code int

func (c Code) Error() string { return fmt.Sprintf("code %d", int(c)) }

// A Box is used through a nil pointer.
type Box struct{ n int }

func (b *Box) Get() int { return b.n }

func (b Box) Value() int { return b.n }

type valuer interface{ Value() int }

func NilMap() {
	var m map[string]int
	m["a"] = 1
}

func CloseTwice() {
	c := make(chan int)
	close(c)
	closeIt(c)
}

func closeIt(c chan int) { close(c) }

func SendOnClosed() {
	c := make(chan int, 1)
	done := make(chan bool)
	close(c)
	go func() {
		c <- 1
		close(done)
	}()
	<-done
}

func NegativeCounter() {
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Done()
	wg.Done()
}

func UnlockUnlocked() {
	var mu sync.Mutex
	mu.Unlock()
}

func RUnlockUnlocked() {
	var mu sync.RWMutex
	mu.RUnlock()
}

// InGoroutine panics in a goroutine while others wait.
func InGoroutine() {
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			check(i)
		}()
	}
	wg.Wait()
}

func check(i int) {
	if i == 1 {
		panic(fmt.Sprintf("item %d is bad", i))
	}
	time.Sleep(time.Second)
}

// InWaitGroupGo panics in a goroutine that WaitGroup.Go started.
func InWaitGroupGo() {
	var wg sync.WaitGroup
	wg.Go(func() { check(1) })
	wg.Wait()
}

func CustomError() { panic(fmt.Errorf("refund: %w", Code(7))) }

func CustomValue() { panic(Refund{"Ann", 12}) }

func CustomCode() { panic(Code(12)) }

func ManyLines() { panic("first line\nsecond line\ngoroutine 1 [running]:") }

// Repanic recovers, and panics with what it recovered.
func Repanic() {
	defer func() {
		if r := recover(); r != nil {
			panic(r)
		}
	}()
	CustomError()
}

// Wrapped recovers, and panics with another value.
func Wrapped() {
	defer func() {
		panic(fmt.Sprint("wrapped: ", recover()))
	}()
	var b *Box
	b.Get()
}

// WhilePanicking panics in a deferred function without recovering.
func WhilePanicking() {
	defer cleanUp()
	panic("first")
}

func cleanUp() { panic("second") }

func NilPointer() int {
	var b *Box
	return b.Get()
}

func NilReceiver() int {
	var v valuer = (*Box)(nil)
	return v.Value()
}

func IndexRange() int {
	list := make([]int, 3)
	n := len(list)
	return list[n+2]
}

func Conversion() string {
	var v any = 1
	return v.(string)
}

func PanicNil() { panic(nil) }

func Goexit() { runtime.Goexit() }

func GoexitPanic() {
	defer func() { panic("after Goexit") }()
	runtime.Goexit()
}

func StackOverflow() int {
	debug.SetMaxStack(1 << 18)
	return deeper(1)
}

func deeper(n int) int { return deeper(n+1) + 1 }

// MapWrites writes into one map from many goroutines.
func MapWrites() {
	m := map[int]int{}
	together(8, func(g int) {
		for i := range 200_000 {
			m[i%64] = g
		}
	})
}

// MapReadWrite has one writer and many readers.
func MapReadWrite() {
	m := map[int]int{}
	together(8, func(g int) {
		for i := range 200_000 {
			if g == 0 {
				m[i%64] = g
			} else {
				_ = m[i%64]
			}
		}
	})
}

// MapRange has one writer and many that range.
func MapRange() {
	m := map[int]int{}
	for i := range 64 {
		m[i] = i
	}
	together(8, func(g int) {
		for i := range 2_000_000 {
			if g < 4 {
				m[i%64] = g
				continue
			}
			for range m {
				runtime.Gosched()
			}
		}
	})
}

func together(n int, f func(int)) {
	var wg sync.WaitGroup
	start := make(chan bool)
	for g := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			f(g)
		}()
	}
	close(start)
	wg.Wait()
}

// Asleep blocks its only goroutine for ever.
func Asleep() {
	c := make(chan int)
	var mu sync.Mutex
	mu.Lock()
	go func() {
		mu.Lock()
		c <- 1
	}()
	<-c
}

// Memory asks for more memory than there is, without using it.
func Memory() {
	var all [][]byte
	for {
		all = append(all, make([]byte, 64<<20))
	}
}

// Recovered recovers, prints the stack as a program's log would, and goes on.
func Recovered() {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "panic: %v\n\n%s", r, debug.Stack())
		}
	}()
	panic("recovered")
}

// RecoveredThenPanic prints the stack of a recovered panic and crashes later.
func RecoveredThenPanic() {
	Recovered()
	panic(errors.New("the real one"))
}

// Unfinished crashes in the middle of a line that the program prints.
func Unfinished() {
	fmt.Fprint(os.Stderr, "reading ... ")
	NilMap()
}

// Noisy crashes while other goroutines print lines that look like stacks.
func Noisy() {
	for range 2 {
		go func() {
			for {
				fmt.Fprint(os.Stderr, "goroutine 3 is fine\nbank.Total(3)\n")
				time.Sleep(50 * time.Microsecond)
			}
		}()
	}
	time.Sleep(2 * time.Millisecond)
	NilMap()
}
