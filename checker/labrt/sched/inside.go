package sched

import (
	"reflect"
	"sync"
	"unsafe"
)

// A value of code that is not instrumented may hold a lock of its own while it calls
// instrumented code back: gob.Encoder.Encode holds one while it writes. A second call
// would then wait for a real mutex, and the bubble would never come to rest. So the
// locks inside the value are looked at before such a call is a candidate.

// A tryLock is a *sync.Mutex or *sync.RWMutex.
type tryLock interface {
	TryLock() bool
	Unlock()
}

const (
	// maxInside is how many locks of one value are looked at, maxHops how many pointers
	// away from it, and maxFields how many fields are looked through for them.
	maxInside = 4
	maxHops   = 5
	maxFields = 200
)

// inside are the locks in the value that a goroutine is about to call.
type inside struct {
	locks  [maxInside]tryLock
	n      int
	fields int // how many have been looked through
}

// free reports whether nobody holds any of the locks. The race detector is not to see.
//
//go:norace
func (in *inside) free() bool {
	for i := range in.n {
		if !in.locks[i].TryLock() {
			return false
		}
		in.locks[i].Unlock()
	}
	return true
}

// find collects the locks in v.
//
//go:norace
func (in *inside) find(v any) {
	in.n, in.fields = 0, 0
	if t := reflect.TypeOf(v); t != nil && t.Kind() == reflect.Pointer {
		p := reflect.ValueOf(v).UnsafePointer()
		in.follow(t, unsafe.Pointer(&p), maxHops)
	}
}

// follow collects the locks in the value of type t at p. It reads the value itself:
// the race detector would take what reflect reads for an access of the program.
//
//go:norace
func (in *inside) follow(t reflect.Type, p unsafe.Pointer, hops int) {
	if in.fields++; hops == 0 || in.fields > maxFields {
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		if to := *(*unsafe.Pointer)(p); to != nil {
			in.follow(t.Elem(), to, hops-1)
		}
	case reflect.Interface:
		own := *(*[2]unsafe.Pointer)(p)
		if v := reflect.NewAt(t, unsafe.Pointer(&own)).Elem().Elem(); v.Kind() == reflect.Pointer {
			to := v.UnsafePointer()
			in.follow(v.Type(), unsafe.Pointer(&to), hops)
		}
	case reflect.Struct:
		switch {
		case t == mutexType:
			in.add((*sync.Mutex)(p))
		case t == rwMutexType:
			in.add((*sync.RWMutex)(p))
		default:
			for i := range t.NumField() {
				f := t.Field(i)
				in.follow(f.Type, unsafe.Add(p, f.Offset), hops)
			}
		}
	}
}

//go:norace
func (in *inside) add(l tryLock) {
	if in.n < maxInside {
		in.locks[in.n] = l
		in.n++
	}
}

var mutexType, rwMutexType = reflect.TypeFor[sync.Mutex](), reflect.TypeFor[sync.RWMutex]()
