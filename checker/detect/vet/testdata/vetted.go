// Package vetted has one function per mistake that go vet knows about
// concurrency, and one it knows about something else.
package vetted

import (
	"context"
	"fmt"
	"log"
	"sync"
	"sync/atomic"
)

// An Account must not be copied.
type Account struct {
	mu      sync.Mutex
	balance int64
}

func (a Account) Balance() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

func snapshot(a *Account) Account {
	b := *a
	return b
}

func add(x *int64) {
	*x = atomic.AddInt64(x, 1)
}

func lost() context.Context {
	ctx, _ := context.WithCancel(context.Background())
	return ctx
}

func late() {
	var wg sync.WaitGroup
	go func() {
		wg.Add(1)
		defer wg.Done()
	}()
	wg.Wait()
}

func fatal(ctx context.Context, ready bool) {
	ctx, cancel := context.WithCancel(ctx)
	if !ready {
		log.Fatal("not ready") // never returns: cancel need not be called
	}
	<-ctx.Done()
	cancel()
}

func refuse() { log.Panicln("refused") }

func neither(ctx context.Context, ready bool) {
	ctx, cancel := context.WithCancel(ctx)
	if !ready {
		refuse()
		return
	}
	<-ctx.Done()
	cancel()
}

func sometimes(ctx context.Context, ready bool) {
	ctx, cancel := context.WithCancel(ctx)
	if ready {
		cancel()
	}
}

func format(name string) {
	fmt.Printf("%d: 100%\n", name)
}
