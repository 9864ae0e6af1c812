package atomic

import (
	"sync/atomic"

	"racelab/checker/labrt/wire"
)

// Bool is an atomic boolean.
type Bool struct{ v atomic.Bool }

// Load returns the value.
func (x *Bool) Load() bool {
	at(wire.OpLoad, wire.Read, x)
	return saw(x.v.Load())
}

// Store sets the value.
func (x *Bool) Store(val bool) {
	at(wire.OpStore, wire.Write, x)
	told(val)
	x.v.Store(val)
}

// Swap sets the value and returns the old one.
func (x *Bool) Swap(val bool) bool {
	at(wire.OpSwap, wire.Write, x)
	return exchanged(x.v.Swap(val), val)
}

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Bool) CompareAndSwap(old, val bool) bool {
	at(wire.OpSwap, wire.Write, x)
	return swapped(x.v.CompareAndSwap(old, val), val)
}

// Pointer is an atomic pointer to a T.
type Pointer[T any] struct{ v atomic.Pointer[T] }

// Load returns the value.
func (x *Pointer[T]) Load() *T {
	at(wire.OpLoad, wire.Read, x)
	return saw(x.v.Load())
}

// Store sets the value.
func (x *Pointer[T]) Store(val *T) {
	at(wire.OpStore, wire.Write, x)
	told(val)
	x.v.Store(val)
}

// Swap sets the value and returns the old one.
func (x *Pointer[T]) Swap(val *T) *T {
	at(wire.OpSwap, wire.Write, x)
	return exchanged(x.v.Swap(val), val)
}

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Pointer[T]) CompareAndSwap(old, val *T) bool {
	at(wire.OpSwap, wire.Write, x)
	return swapped(x.v.CompareAndSwap(old, val), val)
}

// Value is an atomic value of any one type.
type Value struct{ v atomic.Value }

// Load returns the value, nil before the first Store.
func (x *Value) Load() any {
	at(wire.OpLoad, wire.Read, x)
	return saw(x.v.Load())
}

// Store sets the value.
func (x *Value) Store(val any) {
	at(wire.OpStore, wire.Write, x)
	told(val)
	x.v.Store(val)
}

// Swap sets the value and returns the old one.
func (x *Value) Swap(val any) any {
	at(wire.OpSwap, wire.Write, x)
	return did(true, x.v.Swap(val))
}

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Value) CompareAndSwap(old, val any) bool {
	at(wire.OpSwap, wire.Write, x)
	return swapped(x.v.CompareAndSwap(old, val), val)
}
