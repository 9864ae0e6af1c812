// Package errgroup stands in for golang.org/x/sync/errgroup in instrumented
// code: the same API with the same meaning, built on stand-ins, so that the
// scheduler controls its goroutines and what they wait for.
package errgroup

import (
	"context"
	"fmt"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/sync"
)

// A Group is a set of goroutines that work on parts of one task. The zero Group has
// no limit and no context.
type Group struct {
	active sync.WaitGroup
	slots  chan struct{} // each active goroutine takes one; nil without a limit
	failed sync.Once
	err    error                   // the first error; only failed.Do writes it
	cancel context.CancelCauseFunc // nil without a context
}

// WithContext returns a Group and a context that is cancelled when the first
// function fails, or when Wait returns.
func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := sched.WithCancelCause(ctx)
	return &Group{cancel: cancel}, ctx
}

// SetLimit limits the number of active goroutines to n; a negative n, the default,
// means no limit. It panics while any are active.
func (g *Group) SetLimit(n int) {
	if n < 0 {
		g.slots = nil
		return
	}
	if g.slots != nil {
		if active := sched.Len(g.slots); active > 0 {
			panic(fmt.Errorf("errgroup: modify limit while %v goroutines in the group are still active", active))
		}
	}
	g.slots = make(chan struct{}, n)
}

// Go calls f in a new goroutine. It waits until the limit allows one more.
func (g *Group) Go(f func() error) {
	if g.slots != nil {
		sched.Sender(g.slots)(struct{}{})
	}
	g.start(f)
}

// TryGo calls f in a new goroutine if the limit allows one more now, and reports
// whether it did.
func (g *Group) TryGo(f func() error) bool {
	if g.slots != nil && sched.Select(true, sched.SendCase(g.slots)(struct{}{})) < 0 {
		return false
	}
	g.start(f)
	return true
}

// Wait waits until no goroutine is active and returns the first error.
func (g *Group) Wait() error {
	g.active.Wait()
	g.stop()
	return g.err
}

func (g *Group) start(f func() error) {
	g.active.Add(1)
	started := sched.Spawn()
	go func() {
		defer sched.Exit(sched.Enter(started))
		defer g.leave() // also when f panics: as in the original, Wait then returns
		if err := f(); err != nil {
			g.failed.Do(func() {
				g.err = err
				g.stop()
			})
		}
	}()
}

func (g *Group) leave() {
	if g.slots != nil {
		sched.Recv(g.slots)
	}
	g.active.Done()
}

// stop cancels the context, if there is one, with the first error as its cause.
func (g *Group) stop() {
	if g.cancel != nil {
		g.cancel(g.err)
	}
}
