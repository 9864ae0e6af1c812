package sched

import (
	"context"
	"runtime"
	"time"

	"racelab/checker/labrt/wire"
)

func nativeGosched() { runtime.Gosched() }

// shortSleep is the minimum sleep of a goroutine that polls. With very short sleeps
// it would reach the limit of steps before the event it waits for happens. Sleeping
// longer than asked is always allowed.
const shortSleep = 100 * time.Microsecond

// maxShortSleeps is how many sleeps of a goroutine may be shorter than shortSleep.
const maxShortSleeps = 3

// Sleep is time.Sleep.
func Sleep(d time.Duration) {
	if d <= 0 && !Native() {
		Gosched() // a sleep of zero only yields
		return
	}
	d = setsSleep(d)
	s, g := sleeping()
	time.Sleep(d)
	if s != nil {
		s.unblock(g)
	}
}

// stretched returns the duration of a timer that g sets to d. It is longer than d
// when g polls: when its latest operation had no effect, or when it sets one very
// short timer after another.
//
//go:norace
func (g *G) stretched(d time.Duration) time.Duration {
	if d >= shortSleep {
		return d
	}
	if g.shortSleeps++; g.spin == 0 && g.shortSleeps <= maxShortSleeps {
		return d
	}
	return shortSleep
}

// A goroutine that polls for seconds takes steps by the thousand. In a scenario, where
// nobody compares how long things take, each sleep of the same length as those before it
// may be longer by a share of all of them, as long as it is no longer than longPoll.
const (
	pollShare = 16
	longPoll  = 10 * time.Millisecond
)

// polled returns the duration of a timer that g sets to d in a scenario.
//
//go:norace
func (g *G) polled(d time.Duration) time.Duration {
	if d != g.sleeps {
		g.sleeps, g.slept = d, 0
	}
	longer := max(d, min(g.slept/pollShare, longPoll))
	g.slept += longer
	return longer
}

// maxClockReads is how often a goroutine may read the clock without a yield point
// in between. After that it sleeps: it may be waiting for time to pass, and the
// virtual clock stands still while it runs.
const maxClockReads = 10

// Now is time.Now.
func Now() time.Time {
	readsClock()
	looks()
	return time.Now()
}

// Since is time.Since.
func Since(t time.Time) time.Duration {
	readsClock()
	return time.Since(t)
}

// Until is time.Until.
func Until(t time.Time) time.Duration {
	readsClock()
	return time.Until(t)
}

//go:norace
func looks() {
	if s := active; s != nil {
		s.looked = true
	}
}

func readsClock() {
	if pollsClock() {
		Sleep(shortSleep)
	}
}

//go:norace
func pollsClock() bool {
	s, g := current()
	if s == nil {
		return false
	}
	g.clockReads++
	return g.clockReads > maxClockReads
}

//go:norace
func sleeping() (*schedule, *G) {
	s, g := current()
	if s == nil {
		return nil, nil
	}
	g.on(wire.OpSleep, wire.None, nil)
	if s.job.Detail {
		s.arrived(g)
		s.link(g.at)
	}
	s.block(g)
	return s, g
}

// AfterFunc is time.AfterFunc.
func AfterFunc(d time.Duration, f func()) *time.Timer {
	return time.AfterFunc(setsTimer(d), callback(f))
}

// The functions of package context that return a cancellable context. Cancelling
// is an operation of its own: it can wake other goroutines.

// WithCancel is context.WithCancel.
func WithCancel(parent context.Context) (context.Context, context.CancelFunc) {
	derives(parent)
	ctx, cancel := context.WithCancel(parent)
	return Made(ctx), cancels(cancel)
}

// WithCancelCause is context.WithCancelCause.
func WithCancelCause(parent context.Context) (context.Context, context.CancelCauseFunc) {
	derives(parent)
	ctx, cancel := context.WithCancelCause(parent)
	if Native() {
		return Made(ctx), cancel
	}
	return Made(ctx), func(cause error) {
		Canceling(func() { cancel(cause) })
	}
}

// WithTimeout is context.WithTimeout.
func WithTimeout(parent context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	derives(parent)
	ctx, cancel := context.WithTimeout(parent, d+setsDeadline(d))
	return Made(ctx), cancels(cancel)
}

// WithTimeoutCause is context.WithTimeoutCause.
func WithTimeoutCause(parent context.Context, d time.Duration, cause error) (context.Context, context.CancelFunc) {
	derives(parent)
	ctx, cancel := context.WithTimeoutCause(parent, d+setsDeadline(d), cause)
	return Made(ctx), cancels(cancel)
}

// WithDeadline is context.WithDeadline.
func WithDeadline(parent context.Context, at time.Time) (context.Context, context.CancelFunc) {
	derives(parent)
	ctx, cancel := context.WithDeadline(parent, at.Add(setsDeadline(time.Until(at))))
	return Made(ctx), cancels(cancel)
}

// WithDeadlineCause is context.WithDeadlineCause.
func WithDeadlineCause(parent context.Context, at time.Time, cause error) (context.Context, context.CancelFunc) {
	derives(parent)
	ctx, cancel := context.WithDeadlineCause(parent, at.Add(setsDeadline(time.Until(at))), cause)
	return Made(ctx), cancels(cancel)
}

// derives is the yield point before a context that can be cancelled gets a child: the
// children are kept under a lock.
func derives(parent context.Context) {
	UsesContexts()
	if exploring && parent != nil && parent.Done() != nil {
		calls(nil)
	}
}

// Made returns a new context. A context makes its Done channel when it is asked for the
// first time; then whoever asks first comes before all others. So it is asked here.
func Made(ctx context.Context) context.Context {
	ctx.Done()
	return ctx
}

// ContextAfterFunc is context.AfterFunc.
func ContextAfterFunc(ctx context.Context, f func()) (stop func() bool) {
	return context.AfterFunc(ctx, callback(f))
}

func cancels(cancel context.CancelFunc) context.CancelFunc {
	if Native() {
		return cancel
	}
	return func() { Canceling(cancel) }
}

// Canceling is the yield point before cancel, which cancels a context.
func Canceling(cancel func()) {
	s, g := atContext(wire.OpCancel, wire.Write)
	cancel()
	if s != nil {
		s.done(g)
	}
}

// CtxErr is ctx.Err().
func CtxErr(ctx context.Context) error {
	s, g := atContext(wire.OpErr, wire.Read)
	err := ctx.Err()
	if s != nil {
		value := uint64(0)
		if err != nil {
			value = 1
			s.tellErr(g, err)
		}
		s.saw(g, value)
	}
	return err
}

func (s *schedule) tellErr(g *G, err error) {
	if s.detailed() {
		g.tell(err.Error())
	}
}

// contexts is one object that stands for the state of all contexts; only its
// address matters.
var contexts byte

//go:norace
func atContext(op wire.Op, class wire.Class) (*schedule, *G) {
	s, g := current()
	if s == nil || !s.contexts {
		return nil, nil // no context exists that can be cancelled
	}
	s.before(g, op, class, pointer(&contexts))
	return s, g
}

// UsesContexts notes that the program has contexts that can be cancelled.
//
//go:norace
func UsesContexts() {
	if s := active; s != nil {
		s.contexts = true
	}
}

//go:norace
func (s *schedule) alsoContexts(g *G) {
	if s.contexts {
		g.also(s.object(pointer(&contexts)))
	}
}
