// Package hangs has one function per way to wait for ever. It is broken on
// purpose: its only use is to be killed with SIGQUIT.
package hangs

import (
	"context"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// An Account is locked while money moves.
type Account struct {
	mu      sync.Mutex
	balance int
}

// Transfer locks both accounts, in the order of its arguments.
func Transfer(from, to *Account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	time.Sleep(5 * time.Millisecond)
	to.mu.Lock()
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}

// TwoMutexes: two goroutines lock two mutexes in opposite orders.
func TwoMutexes() {
	a, b := new(Account), new(Account)
	var wg sync.WaitGroup
	wg.Go(func() { Transfer(a, b, 1) })
	wg.Go(func() { Transfer(b, a, 2) })
	wg.Wait()
}

// SameMutex: four goroutines wait for a lock that nobody releases.
func SameMutex() {
	a := new(Account)
	a.mu.Lock()
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			a.mu.Lock()
			a.balance++
		}()
	}
	wg.Wait()
}

// Reentry locks a mutex that it holds.
func Reentry() {
	a := new(Account)
	a.mu.Lock()
	a.add(1)
}

func (a *Account) add(n int) {
	a.mu.Lock()
	a.balance += n
	a.mu.Unlock()
}

// Upgrade holds the read lock and asks for the write lock.
func Upgrade() {
	var mu sync.RWMutex
	mu.RLock()
	mu.Lock()
}

// ReadAgain read-locks again while a writer waits.
func ReadAgain() {
	var mu sync.RWMutex
	mu.RLock()
	go func() {
		mu.Lock()
		mu.Unlock()
	}()
	time.Sleep(5 * time.Millisecond)
	mu.RLock()
}

// Writers: two writers wait for a reader; the second one waits for the first.
func Writers() {
	var mu sync.RWMutex
	mu.RLock()
	for range 2 {
		go func() {
			mu.Lock()
			mu.Unlock()
		}()
		time.Sleep(5 * time.Millisecond)
	}
	select {}
}

// MissedSignal waits for a signal that came before.
func MissedSignal() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	cond.Signal()
	mu.Lock()
	cond.Wait()
	mu.Unlock()
}

// Receive reads a channel that nobody writes to.
func Receive() int {
	c := make(chan int)
	return <-c
}

// Handshake: two goroutines send to each other before they receive.
func Handshake() {
	left, right := make(chan int), make(chan int)
	done := make(chan bool)
	go func() {
		left <- 1
		<-right
		done <- true
	}()
	go func() {
		right <- 1
		<-left
		done <- true
	}()
	<-done
	<-done
}

// NilChannel receives from a channel that was never made.
func NilChannel() int {
	var c chan int
	go func() { c <- 1 }()
	return <-c
}

// Select waits for one of two channels that nobody writes to.
func Select() int {
	a, b := make(chan int), make(chan int)
	select {
	case n := <-a:
		return n
	case n := <-b:
		return n
	}
}

// SelectNothing has no case.
func SelectNothing() { select {} }

// LostDone waits for a worker that never calls Done.
func LostDone() {
	var wg sync.WaitGroup
	jobs := make(chan int)
	wg.Add(1)
	go func() {
		for range jobs {
		}
		wg.Done()
	}()
	jobs <- 1
	wg.Wait()
}

// GoWait waits for a group in a goroutine that consists of that call.
func GoWait() {
	var wg sync.WaitGroup
	wg.Add(1)
	done := make(chan bool)
	go wg.Wait()
	<-done
}

// OnceInOnce initialises what needs itself.
func OnceInOnce() {
	var once sync.Once
	var load func()
	load = func() { once.Do(load) }
	once.Do(load)
}

// Sleeper: one goroutine sleeps, the other waits for it.
func Sleeper() {
	done := make(chan bool)
	go func() {
		time.Sleep(time.Hour)
		close(done)
	}()
	<-done
}

// Poller: a goroutine polls while two others are stuck.
func Poller() {
	a, b := new(Account), new(Account)
	go func() {
		for {
			time.Sleep(time.Millisecond)
		}
	}()
	go Transfer(a, b, 1)
	Transfer(b, a, 2)
}

// Spinner: a goroutine runs without end.
func Spinner() {
	done := make(chan bool)
	go func() {
		for i := 0; ; i++ {
			spin(i)
		}
	}()
	<-done
}

func spin(i int) int { return i * i }

// Pipe reads from a pipe that nobody writes to.
func Pipe() {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	defer w.Close()
	r.Read(make([]byte, 1))
}

// MemoryPipe reads from an io.Pipe that nobody writes to.
func MemoryPipe() {
	r, _ := io.Pipe()
	r.Read(make([]byte, 1))
}

// Child waits for a program that waits for its input.
func Child() {
	cmd := exec.Command("cat")
	in, err := cmd.StdinPipe()
	if err != nil {
		panic(err)
	}
	defer in.Close()
	cmd.Stdout = writer{}
	if err := cmd.Run(); err != nil {
		panic(err)
	}
}

type writer struct{}

func (writer) Write(b []byte) (int, error) { return len(b), nil }

// Context waits for a context that nobody cancels.
func Context() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	<-ctx.Done()
}

// Finite waits for an hour's timer in a select.
func Finite() {
	select {
	case <-time.After(time.Hour):
	case <-make(chan int):
	}
}
