package sched

import (
	"strconv"

	"racelab/checker/labrt/wire"
)

// WaitGroupAdd adds delta to the counter of the wait group at p. It reports whether
// the counter leaves zero, which must not happen at the same time as the first
// Wait.
//
//go:norace
func WaitGroupAdd(p pointer, delta int) (first bool) {
	s, g := current()
	if s == nil {
		return false
	}
	op, class := wire.OpAdd, wire.Write
	if delta < 0 {
		op, class = wire.OpDone, wire.Add
	}
	o := s.before(g, op, class, p)
	first = o.count == 0 && delta > 0
	if o.count += delta; o.count < 0 {
		return first // the real WaitGroup panics now
	}
	if s.job.Detail {
		g.tell(strconv.Itoa(o.count))
	}
	s.noteSpin(g, false)
	if o.count == 0 {
		for w := o.dequeue(); w != nil; w = o.dequeue() {
			w.grant()
		}
	}
	return first
}

// WaitGroupArrive is the yield point before a Wait on the wait group at p. It
// reports whether the caller is the first goroutine that has to wait.
//
//go:norace
func WaitGroupArrive(p pointer) (first bool) {
	s, g := current()
	if s == nil {
		return false
	}
	o := s.before(g, wire.OpWait, wire.Read, p)
	return o.count > 0 && o.head == nil
}

// WaitGroupWait blocks until the counter of the wait group at p is zero. There is
// no yield point between WaitGroupArrive and it.
//
//go:norace
func WaitGroupWait(p pointer) {
	s, g := current()
	if s == nil {
		return
	}
	if o := s.object(p); o.count > 0 {
		o.enqueue(g)
		s.suspend(g)
	}
}

// OnceBegin waits until no goroutine runs the function of the Once at p. With run,
// the caller has to run it and then call OnceEnd. done is false when the scheduler
// is not in charge.
//
//go:norace
func OnceBegin(p pointer) (run, done bool) {
	s, g := current()
	if s == nil {
		return false, false
	}
	o := s.before(g, wire.OpOnce, wire.Write, p)
	if o.done {
		return false, true
	}
	o.hold(g)
	return true, true
}

// OnceEnd says that the function of the Once at p has ended.
//
//go:norace
func OnceEnd(p pointer) {
	s, _ := current()
	if s == nil {
		return
	}
	o := s.object(p)
	o.done, o.writer = true, nil
}

// CondJoin puts the caller in the queue of the condition variable at p.
//
//go:norace
func CondJoin(p pointer) bool {
	s, g := current()
	if s == nil {
		return false
	}
	o := s.before(g, wire.OpCondWait, wire.Write, p)
	g.granted = false
	o.enqueue(g)
	return true
}

// CondWait blocks until the caller, which has called CondJoin, is woken.
//
//go:norace
func CondWait(p pointer) {
	s, g := current()
	if g.granted {
		return
	}
	g.on(wire.OpCondWait, wire.Write, s.object(p)) // again: unlocking was the latest operation
	if s.job.Detail {
		s.arrived(g)
	}
	s.suspend(g)
}

// CondSignal wakes the first goroutine in the queue of the condition variable at p,
// or all of them.
//
//go:norace
func CondSignal(p pointer, all bool) bool {
	s, g := current()
	if s == nil {
		return false
	}
	op := wire.OpSignal
	if all {
		op = wire.OpBroadcast
	}
	o := s.before(g, op, wire.Write, p)
	s.noteSpin(g, false)
	if s.job.Detail && o.head == nil {
		g.tell("nobody waits")
	}
	for w := o.dequeue(); w != nil; w = o.dequeue() {
		w.granted = true
		if w.state == waiting {
			w.grant()
		}
		if !all {
			break
		}
	}
	return true
}

// Point is the yield point before op on the object at p, for an operation that
// needs no model. It reports whether the scheduler is in charge.
//
//go:norace
func Point(op wire.Op, class wire.Class, p pointer) bool {
	s, g := current()
	if s == nil {
		return false
	}
	s.before(g, op, class, p)
	if class == wire.Write && op != wire.OpSwap {
		s.noteSpin(g, false)
	}
	return true
}

// Saw says which value the caller's latest operation has read.
//
//go:norace
func Saw(value uint64) {
	if s, g := current(); s != nil {
		s.noteRead(g, g.objects[0], value)
	}
}

// Exchanged says whether the caller's latest operation changed anything.
//
//go:norace
func Exchanged(change bool) {
	if s, g := current(); s != nil {
		s.noteSpin(g, !change)
	}
}

// Swapped says whether the caller's latest operation, a compare and swap, succeeded.
//
//go:norace
func Swapped(ok bool) {
	Exchanged(ok)
	if !ok {
		Tell("fails")
	}
}

// Detailed reports whether the schedule keeps what Tell says.
//
//go:norace
func Detailed() bool {
	s := active
	return s != nil && s.job.Detail
}

// Tell adds text, such as the value that was read, to the caller's latest
// operation.
//
//go:norace
func Tell(text string) {
	if s, g := current(); s != nil {
		g.tell(text)
	}
}

// Gosched is runtime.Gosched.
func Gosched() {
	if !gosched() {
		nativeGosched()
	}
}

//go:norace
func gosched() bool {
	s, g := current()
	if s == nil {
		return false
	}
	g.on(wire.OpGosched, wire.None, nil)
	s.point(g)
	g.yielded = true
	s.noteSpin(g, true)
	return true
}
