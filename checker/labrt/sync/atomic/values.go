package atomic

import (
	"sync/atomic"

	"racelab/checker/labrt/rt"
)

// Bool is an atomic boolean.
type Bool struct{ v atomic.Bool }

// Load returns the value.
func (x *Bool) Load() bool { rt.Delay(); return x.v.Load() }

// Store sets the value.
func (x *Bool) Store(val bool) { rt.Delay(); x.v.Store(val) }

// Swap sets the value and returns the old one.
func (x *Bool) Swap(val bool) bool { rt.Delay(); return x.v.Swap(val) }

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Bool) CompareAndSwap(old, val bool) bool { rt.Delay(); return x.v.CompareAndSwap(old, val) }

// Pointer is an atomic pointer to a T.
type Pointer[T any] struct{ v atomic.Pointer[T] }

// Load returns the value.
func (x *Pointer[T]) Load() *T { rt.Delay(); return x.v.Load() }

// Store sets the value.
func (x *Pointer[T]) Store(val *T) { rt.Delay(); x.v.Store(val) }

// Swap sets the value and returns the old one.
func (x *Pointer[T]) Swap(val *T) *T { rt.Delay(); return x.v.Swap(val) }

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Pointer[T]) CompareAndSwap(old, val *T) bool {
	rt.Delay()
	return x.v.CompareAndSwap(old, val)
}

// Value is an atomic value of any one type.
type Value struct{ v atomic.Value }

// Load returns the value, nil before the first Store.
func (x *Value) Load() any { rt.Delay(); return x.v.Load() }

// Store sets the value.
func (x *Value) Store(val any) { rt.Delay(); x.v.Store(val) }

// Swap sets the value and returns the old one.
func (x *Value) Swap(val any) any { rt.Delay(); return x.v.Swap(val) }

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Value) CompareAndSwap(old, val any) bool { rt.Delay(); return x.v.CompareAndSwap(old, val) }
