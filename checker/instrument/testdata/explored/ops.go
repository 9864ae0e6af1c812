// Package explored has one of each operation that orders goroutines. A comment
// says what the scheduler is to see on its line, and nothing else is to be seen.
package explored

import (
	"context"
	"fmt"
	"io"
	"log"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

var (
	queue = make(chan int, 1)
	ready = received() // see received
	ended []string
)

func received() int {
	queue <- 1     // want send
	return <-queue // want receive
}

func init() {
	queue <- 2 // want send
}

// All does everything.
func All() int {
	<-queue // want receive
	channels()
	selects()
	goroutines()
	contexts()
	shared()
	libraries()
	calls()
	return ready
}

func channels() {
	c := make(chan int, 2)
	c <- 1         // want send
	v, ok := <-c   // want receive
	c <- v         // want send
	n := len(c)    // want len
	defer close(c) // nothing yet
	if ok && n == 1 {
		c <- 2 // want send
	}
	d := make(chan any, 1)
	d <- nil           // want send
	close(d)           // want close
	for v := range d { // want receive
		_ = v
	}
	for range 2 {
		c <-    // want send
		<-c + 1 // want receive
	}
} // want close

func selects() {
	c, d := make(chan int, 1), make(chan string)
	select { // want select
	case c <- 1:
	case <-d:
	}
	select { // want select
	case v := <-c:
		c <- v // want send
	case d <- "":
	default:
	}
	select { // want select
	default:
	case c <- 1:
	case <-func() chan string {
		return d
	}():
	}
	select {
	default:
	}
}

func goroutines() {
	done := make(chan bool)
	go func() { // want go
		done <- true // want send
	}() // want end
	<-done            // want receive
	go finish(done)   // want go
	<-done            // want receive
	go close(done)    // want go close end
	<-done            // want receive
	time.Sleep(1)     // want sleep
	runtime.Gosched() // want Gosched
	timer := time.AfterFunc(time.Hour, func() { panic("early") })
	timer.Stop()
	pause, again := time.Sleep, make(chan int)
	time.AfterFunc(time.Second, func() {
		close(again) // want close
	})
	<-again  // want receive
	pause(1) // want sleep
}

func finish(c chan<- bool) { c <- false } // want send

func contexts() {
	ctx, cancel := context.WithCancel(context.Background())
	if ctx.Err() == nil { // want Err
		cancel() // want cancel
	}
	<-ctx.Done() // want receive
}

func shared() {
	var mu sync.Mutex
	var once sync.Once
	var n atomic.Int32
	mu.Lock()          // want lock
	mu.Unlock()        // want unlock
	once.Do(func() {}) // want once
	n.Add(1)           // want update
	_ = n.Load()       // want load
	var wg sync.WaitGroup
	wg.Go(func() {}) // want add go
	wg.Wait()        // want wait
}

func libraries() {
	r, w := io.Pipe()
	go w.Write([]byte("x")) // want go
	r.Read(make([]byte, 1)) // want receive
	var g errgroup.Group
	g.Go(func() error { return nil }) // want add go
	g.Wait()                          // want wait
	s := semaphore.NewWeighted(1)
	s.TryAcquire(1) // want update
	s.Release(1)    // want signal
}

// words counts bytes; nothing of it is outside.
type words struct{ n int }

func (w *words) Write(p []byte) (int, error) {
	w.n += len(p)
	return len(p), nil
}

type printer interface{ Print(...any) }

type named struct{ *log.Logger }

func calls() {
	logger := log.New(io.Discard, "", 0)
	logger.Print("x")                     // want library-call
	named{logger}.Print(fmt.Sprint("x"))  // want library-call
	func() { (logger).Print(len("x")) }() // want library-call
	print := logger.Print                 // nothing yet
	print("x")                            // want library-call
	(*log.Logger).Print(logger, "x")      // want library-call
	func(p printer) { p.Print() }(logger) // want library-call
	var ours io.Writer = &words{}         //
	fmt.Fprint(ours, "x")                 // nothing of it is outside
	fmt.Fprint(&words{}, "x")             // nor here
	fmt.Fprint(new(strings.Builder), "x") // nor here
	ours.Write(nil)                       // nor here
	ours = log.New(ours, "", 0).Writer()  // want library-call
	ours.Write([]byte(fmt.Sprint("x")))   // it still is ours
	fmt.Fprint(io.Discard, "x")           // want library-call
	if log.Flags() == log.LstdFlags {     // want library-call
		done := make(chan int)             //
		go logger.Print("x")               // want go
		go func() { done <- 1 }()          // want go send end
		<-done                             // want receive
		logger.Print(cap(done), len(done)) // want len library-call
	}
	defer logger.Print("x")
} // want library-call
