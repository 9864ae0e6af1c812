package sync

import (
	"sync"
	"unsafe"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/value"
	"racelab/checker/labrt/wire"
)

// A Map is a sync.Map.
type Map struct{ m sync.Map }

func (m *Map) reads() {
	if rt.Exploring {
		sched.Point(wire.OpMapRead, wire.Read, unsafe.Pointer(m))
	}
}

// changes is the yield point before a write, or before what reads and may write: that is an
// OpSwap, which can be in vain, as a CompareAndSwap of an atomic can. Keys that it may make
// become known; see value.Note.
func (m *Map) changes(op wire.Op, keys ...any) {
	if rt.Exploring {
		for _, key := range keys {
			value.Note(key)
		}
		sched.Point(op, wire.Write, unsafe.Pointer(m))
	}
}

// found comes after an OpSwap, for what changes something if the key was found, or was not.
func found(value any, there, change bool) (any, bool) {
	if rt.Exploring {
		sched.Exchanged(change)
	}
	return value, there
}

// compared comes after an OpSwap, for what compares.
func compared(equal bool) bool {
	if rt.Exploring {
		sched.Swapped(equal)
	}
	return equal
}

// Load returns the value for key.
func (m *Map) Load(key any) (value any, ok bool) { m.reads(); return m.m.Load(key) }

// Store sets the value for key.
func (m *Map) Store(key, value any) { m.changes(wire.OpMapWrite, key); m.m.Store(key, value) }

// Clear deletes everything.
func (m *Map) Clear() { m.changes(wire.OpMapWrite); m.m.Clear() }

// LoadOrStore returns the value for key, or sets it.
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	m.changes(wire.OpSwap, key)
	actual, loaded = m.m.LoadOrStore(key, value)
	return found(actual, loaded, !loaded)
}

// LoadAndDelete deletes the value for key and returns it.
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	m.changes(wire.OpSwap)
	value, loaded = m.m.LoadAndDelete(key)
	return found(value, loaded, loaded)
}

// Delete deletes the value for key.
func (m *Map) Delete(key any) { m.changes(wire.OpMapWrite); m.m.Delete(key) }

// Swap sets the value for key and returns the one before.
func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	m.changes(wire.OpMapWrite, key)
	return m.m.Swap(key, value)
}

// CompareAndSwap sets the value for key to new if it is old.
func (m *Map) CompareAndSwap(key, old, new any) bool {
	m.changes(wire.OpSwap)
	return compared(m.m.CompareAndSwap(key, old, new))
}

// CompareAndDelete deletes the value for key if it is old.
func (m *Map) CompareAndDelete(key, old any) bool {
	m.changes(wire.OpSwap)
	return compared(m.m.CompareAndDelete(key, old))
}

// Range calls f for each key and value until it returns false. There is a yield
// point between any two calls.
func (m *Map) Range(f func(key, value any) bool) {
	if !rt.Exploring {
		m.m.Range(f)
		return
	}
	m.reads()
	for _, key := range m.keys() {
		v, ok := m.m.Load(key)
		if !ok {
			continue // it was deleted meanwhile
		}
		if !f(key, v) {
			return
		}
		m.reads()
	}
}

// keys are in the order that the schedule says.
func (m *Map) keys() []any {
	var keys []any
	m.m.Range(func(key, _ any) bool {
		keys = append(keys, key)
		return true
	})
	value.Shuffle(keys, func(key *any) any { return *key })
	return keys
}

// A Pool is a sync.Pool. The original drops values at random when built for the
// race detector; in explore mode a Pool drops none and hands out the latest.
type Pool struct {
	// New makes a value when there is none; may be nil.
	New func() any

	pool sync.Pool
	kept *pooled // the latest first; only in explore mode
}

// pooled is a value in a Pool. It lies in a channel of its own, which orders Put
// before the Get that takes the value, and nothing else.
type pooled struct {
	value chan any
	next  *pooled
}

// Put adds x.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	if rt.Exploring && sched.Point(wire.OpPool, wire.Write, unsafe.Pointer(p)) {
		value := make(chan any, 1)
		value <- x
		p.push(value)
		return
	}
	p.pool.Put(x)
}

// Get takes a value out, or makes one.
func (p *Pool) Get() any {
	if rt.Exploring && sched.Point(wire.OpPool, wire.Write, unsafe.Pointer(p)) {
		if value := p.pop(); value != nil {
			return <-value
		}
	} else if x := p.pool.Get(); x != nil {
		return x
	}
	if p.New == nil {
		return nil
	}
	return p.New()
}

//go:norace
func (p *Pool) push(value chan any) { p.kept = &pooled{value, p.kept} }

//go:norace
func (p *Pool) pop() chan any {
	item := p.kept
	if item == nil {
		return nil
	}
	p.kept = item.next
	return item.value
}
