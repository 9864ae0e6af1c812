package sync

import (
	"sync"
	"unsafe"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"
)

// A Once is a sync.Once.
type Once struct{ once sync.Once }

// Do calls f if it is the first call of Do.
func (o *Once) Do(f func()) {
	if rt.Exploring {
		if run, known := sched.OnceBegin(unsafe.Pointer(o)); known && run {
			defer sched.OnceEnd(unsafe.Pointer(o))
		}
	}
	o.once.Do(f)
}

// OnceFunc is sync.OnceFunc.
func OnceFunc(f func()) func() {
	once := OnceValue(func() struct{} { f(); return struct{}{} })
	return func() { once() }
}

// OnceValue is sync.OnceValue.
func OnceValue[T any](f func() T) func() T {
	once := OnceValues(func() (T, struct{}) { return f(), struct{}{} })
	return func() T { v, _ := once(); return v }
}

// OnceValues is sync.OnceValues.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	if !rt.Exploring {
		return sync.OnceValues(f)
	}
	var once Once
	// The original keeps the values, and panics at each call if f panicked.
	inner := sync.OnceValues(f)
	return func() (T1, T2) {
		once.Do(func() { inner() }) // a panic then has the stack of f
		return inner()
	}
}
