package sctbench

import (
	"sync"
	"testing"
)

// run runs all functions, each in a goroutine of its own.
func run(all ...func()) {
	var wg sync.WaitGroup
	for _, f := range all {
		wg.Go(f)
	}
	wg.Wait()
}

// not fails the test when bad returns true.
func not(t *testing.T, bad func() bool) func() {
	return func() {
		if bad() {
			t.Error("wrong")
		}
	}
}

func Test_account(t *testing.T) {
	var a Account
	run(a.Deposit, a.Withdraw, not(t, a.Wrong))
}

func Test_bluetooth_driver(t *testing.T) {
	d := NewDriver()
	run(d.Stop, not(t, d.Request))
}

func Test_carter01(*testing.T) {
	var c Classes
	run(func() { c.Visit(0) }, func() { c.Visit(1) }, func() {}, func() {})
}

func Test_circular_buffer(t *testing.T) {
	var b Buffer
	run(b.Fill, not(t, b.Drain))
}

func Test_deadlock01(*testing.T) {
	var l Locks
	run(l.Up, l.Down)
}

func Test_lazy01(t *testing.T) {
	var s Sum
	run(func() { s.Add(1) }, func() { s.Add(2) }, not(t, func() bool { return s.Add(0) >= 3 }))
}

func Test_queue(t *testing.T) {
	var q Queue
	run(func() { q.Put(20) }, not(t, func() bool { return q.Get(20) }))
}

func Test_stack(t *testing.T) {
	var s Stack
	run(func() { s.Push(10) }, not(t, func() bool { return s.Pop(10) }))
}

func Test_token_ring(t *testing.T) {
	r := NewRing()
	run(func() { r.Pass(0) }, func() { r.Pass(1) }, func() { r.Pass(2) }, not(t, r.Torn))
}

// many runs n-1 of one function and one that must not see what is wrong.
func many(t *testing.T, n int, f func(), bad func() bool) {
	var wg sync.WaitGroup
	for range n - 1 {
		wg.Go(f)
	}
	wg.Go(not(t, bad))
	wg.Wait()
}

func wrongLock(t *testing.T, n int) {
	var x Number
	var wg sync.WaitGroup
	wg.Go(not(t, x.Step))
	for range n {
		wg.Go(x.Jump)
	}
	wg.Wait()
}

func reorder(t *testing.T, n int)  { var p Pair; many(t, n, p.Put, p.Half) }
func twoStage(t *testing.T, n int) { var s Stages; many(t, n, s.Put, s.Half) }

func Test_wronglock(t *testing.T)    { wrongLock(t, 7) }
func Test_wronglock_3(t *testing.T)  { wrongLock(t, 3) }
func Test_reorder_3(t *testing.T)    { reorder(t, 3) }
func Test_reorder_4(t *testing.T)    { reorder(t, 4) }
func Test_reorder_5(t *testing.T)    { reorder(t, 5) }
func Test_reorder_10(t *testing.T)   { reorder(t, 10) }
func Test_reorder_20(t *testing.T)   { reorder(t, 20) }
func Test_reorder_50(t *testing.T)   { reorder(t, 50) }
func Test_reorder_100(t *testing.T)  { reorder(t, 100) }
func Test_twostage(t *testing.T)     { twoStage(t, 2) }
func Test_twostage_20(t *testing.T)  { twoStage(t, 20) }
func Test_twostage_50(t *testing.T)  { twoStage(t, 50) }
func Test_twostage_100(t *testing.T) { twoStage(t, 100) }
