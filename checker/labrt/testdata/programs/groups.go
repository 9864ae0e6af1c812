package programs

import (
	"context"
	"errors"

	"racelab/checker/labrt/errgroup"
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/sync/atomic"
	"racelab/checker/labrt/testing"

	"golang.org/x/sync/singleflight"
)

var (
	errFirst  = errors.New("first")
	errSecond = errors.New("second")
)

// want: ended
func group(t *testing.T) {
	var g errgroup.Group
	var a, b int
	g.Go(func() error { a = 1; return nil })
	g.Go(func() error { b = 1; return nil })
	if err := g.Wait(); err != nil || a+b != 2 {
		t.Error(err, a, b)
	}
}

// want: ended, failed
func groupFirstError(t *testing.T) {
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(func() error { return errFirst })
	g.Go(func() error { return errSecond })
	err := g.Wait()
	if err != context.Cause(ctx) || ctx.Err() != context.Canceled {
		t.Fatal(err, context.Cause(ctx))
	}
	if err == errSecond {
		t.Error(err)
	}
}

// A goroutine that waits for the context ends when another fails.
//
// want: ended
func groupCancels(t *testing.T) {
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(func() error { sched.Recv(ctx.Done()); return sched.CtxErr(ctx) })
	g.Go(func() error { return errFirst })
	if err := g.Wait(); err != errFirst {
		t.Error(err)
	}
}

// want: ended
func groupLimit(t *testing.T) {
	var g errgroup.Group
	var active atomic.Int32
	g.SetLimit(2)
	for range 4 {
		g.Go(func() error {
			if active.Add(1) > 2 {
				t.Error("more than two")
			}
			active.Add(-1)
			return nil
		})
	}
	g.Wait()
	g.SetLimit(-1)
}

// want: ended, failed
func groupTryGo(t *testing.T) {
	var g errgroup.Group
	g.SetLimit(1)
	g.Go(func() error { return nil })
	if !g.TryGo(func() error { return nil }) {
		t.Error("no room")
	}
	g.Wait()
	if !g.TryGo(func() error { return nil }) {
		t.Fatal("no room in an empty group")
	}
	g.Wait()
}

// want: ended+race, crash: errgroup: modify limit while 1 goroutines in the group are still active
func groupLimitChanged(*testing.T) {
	var g errgroup.Group
	g.SetLimit(1)
	g.Go(func() error { return nil })
	g.SetLimit(2)
	g.Wait()
}

// want: deadlock
func groupLimitZero(*testing.T) {
	var g errgroup.Group
	g.SetLimit(0)
	g.Go(func() error { return nil })
}

// want: deadlock
func groupInGroup(*testing.T) {
	var g errgroup.Group
	g.SetLimit(1)
	g.Go(func() error {
		g.Go(func() error { return nil })
		return nil
	})
	g.Wait()
}

// want: crash: boom
func groupPanics(*testing.T) {
	var g errgroup.Group
	g.Go(func() error { panic("boom") })
	g.Wait()
}

// want: ended+race
func groupRaces(*testing.T) {
	var g errgroup.Group
	n := 0
	g.Go(func() error { n++; return nil })
	g.Go(func() error { n++; return nil })
	g.Wait()
}

// What has no stand-in: its goroutines wait in code that is not instrumented.
//
// want: ended
func singleFlight(t *testing.T) {
	var g singleflight.Group
	var calls atomic.Int32
	do := func() {
		v, err, _ := g.Do("key", func() (any, error) {
			sched.Gosched()
			return calls.Add(1), nil
		})
		if err != nil || v.(int32) < 1 {
			t.Error(v, err)
		}
	}
	together(do, do, do)()
}

// It starts goroutines of its own, too.
//
// want: ended
func singleFlightChannel(t *testing.T) {
	var g singleflight.Group
	var calls atomic.Int32
	call := func() (any, error) {
		sched.Gosched()
		return calls.Add(1), nil
	}
	do := func() {
		if r := sched.Recv(g.DoChan("key", call)); r.Val.(int32) < 1 {
			t.Error(r)
		}
	}
	together(do, do)()
}
