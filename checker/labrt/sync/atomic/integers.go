// Package atomic stands in for the standard library's sync/atomic in
// instrumented code. Every operation is the original's. Before it there is a yield
// point or a delay (see rt.Delay). And race reports show a frame for the call, which
// the original, never built for the race detector, lacks.
package atomic

import (
	"sync/atomic"

	"racelab/checker/labrt/wire"
)

// Int32 is an atomic int32.
type Int32 struct{ v atomic.Int32 }

// Load returns the value.
func (x *Int32) Load() int32 {
	at(wire.OpLoad, wire.Read, x)
	return saw(x.v.Load())
}

// Store sets the value.
func (x *Int32) Store(val int32) {
	at(wire.OpStore, wire.Write, x)
	told(val)
	x.v.Store(val)
}

// Swap sets the value and returns the old one.
func (x *Int32) Swap(val int32) int32 {
	at(wire.OpSwap, wire.Write, x)
	return exchanged(x.v.Swap(val), val)
}

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Int32) CompareAndSwap(old, val int32) bool {
	at(wire.OpSwap, wire.Write, x)
	return swapped(x.v.CompareAndSwap(old, val), val)
}

// Add adds delta and returns the new value.
func (x *Int32) Add(delta int32) int32 {
	at(wire.OpSwap, wire.Write, x)
	return added(x.v.Add(delta), delta)
}

// And is the bitwise AND with mask; it returns the old value.
func (x *Int32) And(mask int32) int32 {
	at(wire.OpSwap, wire.Write, x)
	return masked(x.v.And(mask), mask)
}

// Or is the bitwise OR with mask; it returns the old value.
func (x *Int32) Or(mask int32) int32 {
	at(wire.OpSwap, wire.Write, x)
	return merged(x.v.Or(mask), mask)
}

// Int64 is an atomic int64.
type Int64 struct{ v atomic.Int64 }

// Load returns the value.
func (x *Int64) Load() int64 {
	at(wire.OpLoad, wire.Read, x)
	return saw(x.v.Load())
}

// Store sets the value.
func (x *Int64) Store(val int64) {
	at(wire.OpStore, wire.Write, x)
	told(val)
	x.v.Store(val)
}

// Swap sets the value and returns the old one.
func (x *Int64) Swap(val int64) int64 {
	at(wire.OpSwap, wire.Write, x)
	return exchanged(x.v.Swap(val), val)
}

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Int64) CompareAndSwap(old, val int64) bool {
	at(wire.OpSwap, wire.Write, x)
	return swapped(x.v.CompareAndSwap(old, val), val)
}

// Add adds delta and returns the new value.
func (x *Int64) Add(delta int64) int64 {
	at(wire.OpSwap, wire.Write, x)
	return added(x.v.Add(delta), delta)
}

// And is the bitwise AND with mask; it returns the old value.
func (x *Int64) And(mask int64) int64 {
	at(wire.OpSwap, wire.Write, x)
	return masked(x.v.And(mask), mask)
}

// Or is the bitwise OR with mask; it returns the old value.
func (x *Int64) Or(mask int64) int64 {
	at(wire.OpSwap, wire.Write, x)
	return merged(x.v.Or(mask), mask)
}

// Uint32 is an atomic uint32.
type Uint32 struct{ v atomic.Uint32 }

// Load returns the value.
func (x *Uint32) Load() uint32 {
	at(wire.OpLoad, wire.Read, x)
	return saw(x.v.Load())
}

// Store sets the value.
func (x *Uint32) Store(val uint32) {
	at(wire.OpStore, wire.Write, x)
	told(val)
	x.v.Store(val)
}

// Swap sets the value and returns the old one.
func (x *Uint32) Swap(val uint32) uint32 {
	at(wire.OpSwap, wire.Write, x)
	return exchanged(x.v.Swap(val), val)
}

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Uint32) CompareAndSwap(old, val uint32) bool {
	at(wire.OpSwap, wire.Write, x)
	return swapped(x.v.CompareAndSwap(old, val), val)
}

// Add adds delta and returns the new value.
func (x *Uint32) Add(delta uint32) uint32 {
	at(wire.OpSwap, wire.Write, x)
	return added(x.v.Add(delta), delta)
}

// And is the bitwise AND with mask; it returns the old value.
func (x *Uint32) And(mask uint32) uint32 {
	at(wire.OpSwap, wire.Write, x)
	return masked(x.v.And(mask), mask)
}

// Or is the bitwise OR with mask; it returns the old value.
func (x *Uint32) Or(mask uint32) uint32 {
	at(wire.OpSwap, wire.Write, x)
	return merged(x.v.Or(mask), mask)
}

// Uint64 is an atomic uint64.
type Uint64 struct{ v atomic.Uint64 }

// Load returns the value.
func (x *Uint64) Load() uint64 {
	at(wire.OpLoad, wire.Read, x)
	return saw(x.v.Load())
}

// Store sets the value.
func (x *Uint64) Store(val uint64) {
	at(wire.OpStore, wire.Write, x)
	told(val)
	x.v.Store(val)
}

// Swap sets the value and returns the old one.
func (x *Uint64) Swap(val uint64) uint64 {
	at(wire.OpSwap, wire.Write, x)
	return exchanged(x.v.Swap(val), val)
}

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Uint64) CompareAndSwap(old, val uint64) bool {
	at(wire.OpSwap, wire.Write, x)
	return swapped(x.v.CompareAndSwap(old, val), val)
}

// Add adds delta and returns the new value.
func (x *Uint64) Add(delta uint64) uint64 {
	at(wire.OpSwap, wire.Write, x)
	return added(x.v.Add(delta), delta)
}

// And is the bitwise AND with mask; it returns the old value.
func (x *Uint64) And(mask uint64) uint64 {
	at(wire.OpSwap, wire.Write, x)
	return masked(x.v.And(mask), mask)
}

// Or is the bitwise OR with mask; it returns the old value.
func (x *Uint64) Or(mask uint64) uint64 {
	at(wire.OpSwap, wire.Write, x)
	return merged(x.v.Or(mask), mask)
}

// Uintptr is an atomic uintptr.
type Uintptr struct{ v atomic.Uintptr }

// Load returns the value.
func (x *Uintptr) Load() uintptr {
	at(wire.OpLoad, wire.Read, x)
	return saw(x.v.Load())
}

// Store sets the value.
func (x *Uintptr) Store(val uintptr) {
	at(wire.OpStore, wire.Write, x)
	told(val)
	x.v.Store(val)
}

// Swap sets the value and returns the old one.
func (x *Uintptr) Swap(val uintptr) uintptr {
	at(wire.OpSwap, wire.Write, x)
	return exchanged(x.v.Swap(val), val)
}

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (x *Uintptr) CompareAndSwap(old, val uintptr) bool {
	at(wire.OpSwap, wire.Write, x)
	return swapped(x.v.CompareAndSwap(old, val), val)
}

// Add adds delta and returns the new value.
func (x *Uintptr) Add(delta uintptr) uintptr {
	at(wire.OpSwap, wire.Write, x)
	return added(x.v.Add(delta), delta)
}

// And is the bitwise AND with mask; it returns the old value.
func (x *Uintptr) And(mask uintptr) uintptr {
	at(wire.OpSwap, wire.Write, x)
	return masked(x.v.And(mask), mask)
}

// Or is the bitwise OR with mask; it returns the old value.
func (x *Uintptr) Or(mask uintptr) uintptr {
	at(wire.OpSwap, wire.Write, x)
	return merged(x.v.Or(mask), mask)
}
