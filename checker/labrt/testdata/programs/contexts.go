package programs

import (
	"context"
	"time"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/testing"
)

// want: ended
func cancelled(t *testing.T) {
	ctx, cancel := sched.WithCancel(context.Background())
	n := 0
	wait := together(func() {
		sched.Recv(ctx.Done())
		if n != 1 || sched.CtxErr(ctx) != context.Canceled {
			t.Error("too early")
		}
	})
	n = 1
	cancel()
	wait()
}

// Cancelling a context cancels those that were made from it.
//
// want: ended, failed
func cancelledFromAbove(t *testing.T) {
	parent, cancel := sched.WithCancelCause(t.Context())
	ctx, stop := sched.WithTimeout(parent, time.Hour)
	defer stop()
	work := make(chan int, 1)
	wait := together(func() { sched.Sender(work)(1) }, func() { cancel(context.DeadlineExceeded) })
	if sched.Select(false, sched.RecvCase(ctx.Done()), sched.RecvCase(work)) == 0 {
		t.Error(context.Cause(ctx))
	}
	wait()
}

// want: ended
func timedOut(t *testing.T) {
	began := time.Now()
	ctx, cancel := sched.WithDeadline(context.Background(), began.Add(time.Second))
	defer cancel()
	for sched.CtxErr(ctx) == nil {
	}
	if took := time.Since(began); took < time.Second || took > 2*time.Second {
		t.Error(took)
	}
	ctx, cancel = sched.WithTimeout(ctx, time.Hour)
	defer cancel()
	sched.Recv(ctx.Done())
}

// want: ended
func contextAfterFunc(*testing.T) {
	ctx, cancel := sched.WithCancel(context.Background())
	ended := make(chan int)
	n := 0
	sched.ContextAfterFunc(ctx, func() { n++; sched.Close(ended) })
	n++
	cancel()
	sched.Recv(ended)
	n++
}

// Several functions at once, none of them started by instrumented code.
//
// want: ended, failed
func contextAfterFuncs(t *testing.T) {
	ctx, cancel := sched.WithCancel(context.Background())
	order := make(chan int, 2)
	sched.ContextAfterFunc(ctx, func() { sched.Sender(order)(1) })
	sched.ContextAfterFunc(ctx, func() { sched.Sender(order)(2) })
	cancel()
	sched.Gosched()
	if first := sched.Recv(order); first != 1 {
		t.Error(first)
	}
	sched.Recv(order)
}

// want: leak
func cancelForgotten(t *testing.T) {
	ctx, _ := sched.WithCancel(context.Background())
	spawn(func() { sched.Recv(ctx.Done()) })
}

// The test's own context ends with it.
//
// want: ended
func testContext(t *testing.T) {
	ctx := t.Context()
	spawn(func() { sched.Recv(ctx.Done()) })
}

// A context that is not package context's: package context starts a goroutine
// that watches it.
//
// want: ended
func foreignContext(t *testing.T) {
	own := ownContext{context.Background(), make(chan struct{})}
	ctx, cancel := sched.WithCancel(own)
	defer cancel()
	wait := together(func() { sched.Recv(ctx.Done()) })
	sched.Close(own.done)
	wait()
	if sched.CtxErr(ctx) != context.Canceled {
		t.Error(ctx.Err())
	}
}

// Whether the goroutine that watches has already cancelled, when that is asked.
//
// want: ended
func foreignContextPolled(t *testing.T) {
	own := ownContext{context.Background(), make(chan struct{})}
	ctx, cancel := sched.WithCancel(own)
	defer cancel()
	sched.Close(own.done)
	sched.Gosched()
	sched.Gosched()
	for sched.CtxErr(ctx) == nil {
	}
}

type ownContext struct {
	context.Context
	done chan struct{}
}

func (c ownContext) Done() <-chan struct{} { return c.done }

func (c ownContext) Err() error {
	select {
	case <-c.done:
		return context.Canceled
	default:
		return nil
	}
}
