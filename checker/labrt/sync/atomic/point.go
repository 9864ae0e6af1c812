package atomic

import (
	"unsafe"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/wire"
)

// at comes before every operation on *p. In explore mode it is a yield point;
// natively it may wait a little.
func at[T any](op wire.Op, class wire.Class, p *T) {
	if rt.Exploring {
		sched.Point(op, class, unsafe.Pointer(p))
		return
	}
	rt.Delay()
}

// saw tells the scheduler what was read, so that it recognises a loop that polls.
func saw[T comparable](v T) T {
	if rt.Exploring {
		sched.Saw(bits(v))
		told(v)
	}
	return v
}

// bits is v as a number, or a part of it: different values may have the same
// number.
func bits[T comparable](v T) uint64 {
	var n uint64
	switch p := any(&v).(type) {
	case *bool:
		if *p {
			n = 1
		}
	case *int32:
		n = uint64(*p)
	case *uint32:
		n = uint64(*p)
	case *any:
		n = uint64((*[2]uintptr)(unsafe.Pointer(p))[1]) // where the value is
	default:
		if unsafe.Sizeof(v) >= unsafe.Sizeof(uintptr(0)) {
			n = uint64(*(*uintptr)(unsafe.Pointer(&v)))
		}
	}
	return n
}

// did comes after an operation that may have changed the variable, and returned v.
func did[T any](change bool, v T) T {
	if rt.Exploring {
		sched.Exchanged(change)
		told(v)
	}
	return v
}

// What an operation has changed follows from what it returned and from its operand. To
// set what is set already is to try in vain, as a spinning Swap does.

func exchanged[T comparable](old, val T) T { return did(old != val, old) }

type integer interface {
	int32 | int64 | uint32 | uint64 | uintptr
}

func added[T integer](sum, delta T) T { return did(delta != 0, sum) }
func masked[T integer](old, mask T) T { return did(old&mask != old, old) }
func merged[T integer](old, mask T) T { return did(old|mask != old, old) }

// swapped comes after an operation that may have changed the variable to v.
func swapped[T any](ok bool, v T) bool {
	if rt.Exploring {
		sched.Swapped(ok)
		if ok {
			told(v)
		}
	}
	return ok
}

// told adds the value to the interleaving.
func told[T any](v T) {
	if rt.Exploring && sched.Detailed() {
		sched.Tell(sched.Text(v))
	}
}
