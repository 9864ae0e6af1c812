package maps

import (
	"reflect"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/value"
)

// An Iterator is a loop over a map. Natively it is the language's. In explore mode the
// schedule decides in which order the entries come, and whether those come that are
// made meanwhile; those that are deleted before their turn do not.
type Iterator[K comparable, V any] struct {
	key   K
	value V

	native *reflect.MapIter // natively
	k, v   reflect.Value    // key and value, for native

	m       map[K]V
	entries []entry[K, V] // in their order
	next    int
	skipped int // entries that were deleted before their turn
}

type entry[K comparable, V any] struct {
	key   K
	value V // only of a key that is not equal to itself
}

// Range begins a loop over m.
func Range[M ~map[K]V, K comparable, V any](m M) *Iterator[K, V] {
	it := &Iterator[K, V]{m: m}
	if !rt.Exploring {
		it.native = reflect.ValueOf(m).MapRange()
		it.k, it.v = reflect.ValueOf(&it.key).Elem(), reflect.ValueOf(&it.value).Elem()
		return it
	}
	it.entries = make([]entry[K, V], 0, len(m))
	for k, v := range m {
		it.add(k, v)
	}
	shuffle(it.entries)
	return it
}

// RangeOver is Range for a loop that has one variable of each kind for all iterations, as
// before Go 1.22.
func RangeOver[M ~map[K]V, K comparable, V any](m M) (it *Iterator[K, V], k K, v V) {
	return Range(m), k, v
}

// Key is the key of the entry that has come.
func (it *Iterator[K, V]) Key() K { return it.key }

// Value is its value.
func (it *Iterator[K, V]) Value() V { return it.value }

// Next goes on to the next entry, and reports whether there is one.
func (it *Iterator[K, V]) Next() bool {
	if it.native != nil {
		if !it.native.Next() {
			return false
		}
		it.k.SetIterKey(it.native)
		it.v.SetIterValue(it.native)
		return true
	}
	for it.next < len(it.entries) || it.more() {
		e := &it.entries[it.next]
		it.next++
		v, ok := it.m[e.key]
		if e.key != e.key { // not a number: it cannot be looked up
			v, ok = e.value, it.hasOdd()
		}
		if ok {
			it.key, it.value = e.key, v
			return true
		}
		it.skipped++
	}
	return false
}

func (it *Iterator[K, V]) add(k K, v V) {
	e := entry[K, V]{key: k}
	if k != k {
		e.value = v
	}
	it.entries = append(it.entries, e)
}

func shuffle[K comparable, V any](entries []entry[K, V]) bool {
	return value.Shuffle(entries, func(e *entry[K, V]) any { return e.key })
}

// more adds entries that were made since the loop began, if there are any and the
// schedule says so.
func (it *Iterator[K, V]) more() bool {
	if len(it.m) <= len(it.entries)-it.skipped {
		return false
	}
	if draw, ok := sched.Draw(); !ok || draw&1 == 0 {
		return false
	}
	seen := make(map[K]bool, len(it.entries))
	for i := range it.entries {
		seen[it.entries[i].key] = true
	}
	for k, v := range it.m {
		if k == k && !seen[k] {
			it.add(k, v)
		}
	}
	shuffle(it.entries[it.next:])
	return it.next < len(it.entries)
}

// hasOdd reports whether the map has keys that are not equal to themselves. Only all
// entries can be deleted at once.
func (it *Iterator[K, V]) hasOdd() bool {
	for k := range it.m {
		if k != k {
			return true
		}
	}
	return false
}

// Key returns k, which is the key of a map's entry. It makes pointers known, so that
// they have a place in the order.
func Key[K any](k K) K {
	if rt.Exploring {
		value.Note(k)
	}
	return k
}
