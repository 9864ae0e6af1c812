// Package leaks has one function per way to leave a goroutine behind. It is
// broken on purpose: its only use is to make goleak write reports.
package leaks

import (
	"context"
	"io"
	"os"
	"sync"
	"time"
)

// settle lets the goroutines get to where they stay.
func settle() { time.Sleep(5 * time.Millisecond) }

// Send: the result is sent when nobody waits for it any more.
func Send() {
	result := make(chan int)
	go func() { result <- 42 }()
	settle()
}

// Receive: a worker waits for jobs that never come.
func Receive() {
	jobs := make(chan int)
	go work(jobs)
	settle()
}

func work(jobs chan int) {
	for range jobs {
	}
}

// Crowd: five workers, two of them of another kind.
func Crowd() {
	jobs, done := make(chan int), make(chan bool)
	for range 3 {
		go work(jobs)
	}
	for range 2 {
		go func() { <-done }()
	}
	settle()
}

// Select waits for one of two channels.
func Select() {
	a, b := make(chan int), make(chan int)
	go func() {
		select {
		case <-a:
		case <-b:
		}
	}()
	settle()
}

// Nil receives from a channel that was never made.
func Nil() {
	var never chan int
	go func() { <-never }()
	settle()
}

// Mutex waits for a lock that nobody releases.
func Mutex() {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		mu.Lock()
		mu.Unlock()
	}()
	settle()
}

// Cond waits for a signal that does not come.
func Cond() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	go func() {
		mu.Lock()
		cond.Wait()
		mu.Unlock()
	}()
	settle()
}

// Group: what was started by WaitGroup.Go waits for the group.
func Group() {
	var wg sync.WaitGroup
	wg.Go(func() { wg.Wait() })
	settle()
}

// GoWait starts a library's method as a goroutine.
func GoWait() {
	var wg sync.WaitGroup
	wg.Add(1)
	go wg.Wait()
	settle()
}

// Sleep is slow rather than stuck.
func Sleep() {
	go func() { time.Sleep(time.Hour) }()
	settle()
}

// Spin never ends.
func Spin() {
	go func() {
		for i := 0; ; i++ {
			spin(i)
		}
	}()
	settle()
}

func spin(i int) int { return i * i }

// Ticker is never stopped.
func Ticker() {
	go func() {
		for range time.Tick(time.Hour) {
		}
	}()
	settle()
}

// Context: nobody cancels, and a library's goroutine stays as well.
func Context() {
	parent := outer{context.Background(), make(chan struct{})}
	ctx, _ := context.WithCancel(parent)
	go func() { <-ctx.Done() }()
	settle()
}

// An outer context is not one of package context's own, which therefore starts
// a goroutine to watch it.
type outer struct {
	context.Context
	done chan struct{}
}

func (o outer) Done() <-chan struct{} { return o.done }

// Pipe: a goroutine that a library started is stuck in the learner's Read.
func Pipe() {
	r, _, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	go io.Copy(io.Discard, r)
	settle()
}

// Deep is stuck far below the function that was started.
func Deep() {
	go descend(make(chan int), 3)
	settle()
}

func descend(c chan int, n int) {
	if n > 0 {
		descend(c, n-1)
		return
	}
	c <- n
}

// Each runs f in a goroutine for every item and waits for none.
func Each(items []int, f func(int)) {
	for _, item := range items {
		go f(item)
	}
	settle()
}
