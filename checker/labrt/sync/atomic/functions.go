package atomic

import (
	"sync/atomic"
	"unsafe"

	"racelab/checker/labrt/wire"
)

// The functions on plain variables.

// LoadInt32 returns *addr.
func LoadInt32(addr *int32) int32 {
	at(wire.OpLoad, wire.Read, addr)
	return saw(atomic.LoadInt32(addr))
}

// StoreInt32 sets *addr.
func StoreInt32(addr *int32, val int32) {
	at(wire.OpStore, wire.Write, addr)
	told(val)
	atomic.StoreInt32(addr, val)
}

// SwapInt32 sets *addr and returns the old value.
func SwapInt32(addr *int32, val int32) int32 {
	at(wire.OpSwap, wire.Write, addr)
	return exchanged(atomic.SwapInt32(addr, val), val)
}

// CompareAndSwapInt32 sets *addr if it is old, and reports whether it was.
func CompareAndSwapInt32(addr *int32, old, val int32) bool {
	at(wire.OpSwap, wire.Write, addr)
	return swapped(atomic.CompareAndSwapInt32(addr, old, val), val)
}

// LoadInt64 returns *addr.
func LoadInt64(addr *int64) int64 {
	at(wire.OpLoad, wire.Read, addr)
	return saw(atomic.LoadInt64(addr))
}

// StoreInt64 sets *addr.
func StoreInt64(addr *int64, val int64) {
	at(wire.OpStore, wire.Write, addr)
	told(val)
	atomic.StoreInt64(addr, val)
}

// SwapInt64 sets *addr and returns the old value.
func SwapInt64(addr *int64, val int64) int64 {
	at(wire.OpSwap, wire.Write, addr)
	return exchanged(atomic.SwapInt64(addr, val), val)
}

// CompareAndSwapInt64 sets *addr if it is old, and reports whether it was.
func CompareAndSwapInt64(addr *int64, old, val int64) bool {
	at(wire.OpSwap, wire.Write, addr)
	return swapped(atomic.CompareAndSwapInt64(addr, old, val), val)
}

// LoadUint32 returns *addr.
func LoadUint32(addr *uint32) uint32 {
	at(wire.OpLoad, wire.Read, addr)
	return saw(atomic.LoadUint32(addr))
}

// StoreUint32 sets *addr.
func StoreUint32(addr *uint32, val uint32) {
	at(wire.OpStore, wire.Write, addr)
	told(val)
	atomic.StoreUint32(addr, val)
}

// SwapUint32 sets *addr and returns the old value.
func SwapUint32(addr *uint32, val uint32) uint32 {
	at(wire.OpSwap, wire.Write, addr)
	return exchanged(atomic.SwapUint32(addr, val), val)
}

// CompareAndSwapUint32 sets *addr if it is old, and reports whether it was.
func CompareAndSwapUint32(addr *uint32, old, val uint32) bool {
	at(wire.OpSwap, wire.Write, addr)
	return swapped(atomic.CompareAndSwapUint32(addr, old, val), val)
}

// LoadUint64 returns *addr.
func LoadUint64(addr *uint64) uint64 {
	at(wire.OpLoad, wire.Read, addr)
	return saw(atomic.LoadUint64(addr))
}

// StoreUint64 sets *addr.
func StoreUint64(addr *uint64, val uint64) {
	at(wire.OpStore, wire.Write, addr)
	told(val)
	atomic.StoreUint64(addr, val)
}

// SwapUint64 sets *addr and returns the old value.
func SwapUint64(addr *uint64, val uint64) uint64 {
	at(wire.OpSwap, wire.Write, addr)
	return exchanged(atomic.SwapUint64(addr, val), val)
}

// CompareAndSwapUint64 sets *addr if it is old, and reports whether it was.
func CompareAndSwapUint64(addr *uint64, old, val uint64) bool {
	at(wire.OpSwap, wire.Write, addr)
	return swapped(atomic.CompareAndSwapUint64(addr, old, val), val)
}

// LoadUintptr returns *addr.
func LoadUintptr(addr *uintptr) uintptr {
	at(wire.OpLoad, wire.Read, addr)
	return saw(atomic.LoadUintptr(addr))
}

// StoreUintptr sets *addr.
func StoreUintptr(addr *uintptr, val uintptr) {
	at(wire.OpStore, wire.Write, addr)
	told(val)
	atomic.StoreUintptr(addr, val)
}

// SwapUintptr sets *addr and returns the old value.
func SwapUintptr(addr *uintptr, val uintptr) uintptr {
	at(wire.OpSwap, wire.Write, addr)
	return exchanged(atomic.SwapUintptr(addr, val), val)
}

// CompareAndSwapUintptr sets *addr if it is old, and reports whether it was.
func CompareAndSwapUintptr(addr *uintptr, old, val uintptr) bool {
	at(wire.OpSwap, wire.Write, addr)
	return swapped(atomic.CompareAndSwapUintptr(addr, old, val), val)
}

// LoadPointer returns *addr.
func LoadPointer(addr *unsafe.Pointer) unsafe.Pointer {
	at(wire.OpLoad, wire.Read, addr)
	return saw(atomic.LoadPointer(addr))
}

// StorePointer sets *addr.
func StorePointer(addr *unsafe.Pointer, val unsafe.Pointer) {
	at(wire.OpStore, wire.Write, addr)
	told(val)
	atomic.StorePointer(addr, val)
}

// SwapPointer sets *addr and returns the old value.
func SwapPointer(addr *unsafe.Pointer, val unsafe.Pointer) unsafe.Pointer {
	at(wire.OpSwap, wire.Write, addr)
	return exchanged(atomic.SwapPointer(addr, val), val)
}

// CompareAndSwapPointer sets *addr if it is old, and reports whether it was.
func CompareAndSwapPointer(addr *unsafe.Pointer, old, val unsafe.Pointer) bool {
	at(wire.OpSwap, wire.Write, addr)
	return swapped(atomic.CompareAndSwapPointer(addr, old, val), val)
}

// AddInt32 adds delta to *addr and returns the new value.
func AddInt32(addr *int32, delta int32) int32 {
	at(wire.OpSwap, wire.Write, addr)
	return added(atomic.AddInt32(addr, delta), delta)
}

// AndInt32 is the bitwise AND of *addr with mask; it returns the old value.
func AndInt32(addr *int32, mask int32) int32 {
	at(wire.OpSwap, wire.Write, addr)
	return masked(atomic.AndInt32(addr, mask), mask)
}

// OrInt32 is the bitwise OR of *addr with mask; it returns the old value.
func OrInt32(addr *int32, mask int32) int32 {
	at(wire.OpSwap, wire.Write, addr)
	return merged(atomic.OrInt32(addr, mask), mask)
}

// AddInt64 adds delta to *addr and returns the new value.
func AddInt64(addr *int64, delta int64) int64 {
	at(wire.OpSwap, wire.Write, addr)
	return added(atomic.AddInt64(addr, delta), delta)
}

// AndInt64 is the bitwise AND of *addr with mask; it returns the old value.
func AndInt64(addr *int64, mask int64) int64 {
	at(wire.OpSwap, wire.Write, addr)
	return masked(atomic.AndInt64(addr, mask), mask)
}

// OrInt64 is the bitwise OR of *addr with mask; it returns the old value.
func OrInt64(addr *int64, mask int64) int64 {
	at(wire.OpSwap, wire.Write, addr)
	return merged(atomic.OrInt64(addr, mask), mask)
}

// AddUint32 adds delta to *addr and returns the new value.
func AddUint32(addr *uint32, delta uint32) uint32 {
	at(wire.OpSwap, wire.Write, addr)
	return added(atomic.AddUint32(addr, delta), delta)
}

// AndUint32 is the bitwise AND of *addr with mask; it returns the old value.
func AndUint32(addr *uint32, mask uint32) uint32 {
	at(wire.OpSwap, wire.Write, addr)
	return masked(atomic.AndUint32(addr, mask), mask)
}

// OrUint32 is the bitwise OR of *addr with mask; it returns the old value.
func OrUint32(addr *uint32, mask uint32) uint32 {
	at(wire.OpSwap, wire.Write, addr)
	return merged(atomic.OrUint32(addr, mask), mask)
}

// AddUint64 adds delta to *addr and returns the new value.
func AddUint64(addr *uint64, delta uint64) uint64 {
	at(wire.OpSwap, wire.Write, addr)
	return added(atomic.AddUint64(addr, delta), delta)
}

// AndUint64 is the bitwise AND of *addr with mask; it returns the old value.
func AndUint64(addr *uint64, mask uint64) uint64 {
	at(wire.OpSwap, wire.Write, addr)
	return masked(atomic.AndUint64(addr, mask), mask)
}

// OrUint64 is the bitwise OR of *addr with mask; it returns the old value.
func OrUint64(addr *uint64, mask uint64) uint64 {
	at(wire.OpSwap, wire.Write, addr)
	return merged(atomic.OrUint64(addr, mask), mask)
}

// AddUintptr adds delta to *addr and returns the new value.
func AddUintptr(addr *uintptr, delta uintptr) uintptr {
	at(wire.OpSwap, wire.Write, addr)
	return added(atomic.AddUintptr(addr, delta), delta)
}

// AndUintptr is the bitwise AND of *addr with mask; it returns the old value.
func AndUintptr(addr *uintptr, mask uintptr) uintptr {
	at(wire.OpSwap, wire.Write, addr)
	return masked(atomic.AndUintptr(addr, mask), mask)
}

// OrUintptr is the bitwise OR of *addr with mask; it returns the old value.
func OrUintptr(addr *uintptr, mask uintptr) uintptr {
	at(wire.OpSwap, wire.Write, addr)
	return merged(atomic.OrUintptr(addr, mask), mask)
}
