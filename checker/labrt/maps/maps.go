// Package maps stands in for the standard package maps, and for loops over maps.
package maps

import (
	"iter"
	"maps"

	"racelab/checker/labrt/rt"
)

// All is the original's.
func All[Map ~map[K]V, K comparable, V any](m Map) iter.Seq2[K, V] {
	if !rt.Exploring {
		return maps.All(m)
	}
	return func(yield func(K, V) bool) {
		for it := Range(m); it.Next(); {
			if !yield(it.key, it.value) {
				return
			}
		}
	}
}

// Keys is the original's.
func Keys[Map ~map[K]V, K comparable, V any](m Map) iter.Seq[K] {
	if !rt.Exploring {
		return maps.Keys(m)
	}
	return func(yield func(K) bool) {
		for it := Range(m); it.Next(); {
			if !yield(it.key) {
				return
			}
		}
	}
}

// Values is the original's.
func Values[Map ~map[K]V, K comparable, V any](m Map) iter.Seq[V] {
	if !rt.Exploring {
		return maps.Values(m)
	}
	return func(yield func(V) bool) {
		for it := Range(m); it.Next(); {
			if !yield(it.value) {
				return
			}
		}
	}
}

// KeysToSort is Keys where the order of the keys shows nowhere.
func KeysToSort[Map ~map[K]V, K comparable, V any](m Map) iter.Seq[K] { return maps.Keys(m) }

// ValuesToSort is Values where the order of the values shows nowhere.
func ValuesToSort[Map ~map[K]V, K comparable, V any](m Map) iter.Seq[V] { return maps.Values(m) }

// DeleteFunc is the original's.
func DeleteFunc[M ~map[K]V, K comparable, V any](m M, del func(K, V) bool) {
	if !rt.Exploring {
		maps.DeleteFunc(m, del)
		return
	}
	for it := Range(m); it.Next(); {
		if del(it.key, it.value) {
			delete(m, it.key)
		}
	}
}

// EqualFunc is the original's.
func EqualFunc[M1 ~map[K]V1, M2 ~map[K]V2, K comparable, V1, V2 any](m1 M1, m2 M2, eq func(V1, V2) bool) bool {
	if !rt.Exploring {
		return maps.EqualFunc(m1, m2, eq)
	}
	if len(m1) != len(m2) {
		return false
	}
	for it := Range(m1); it.Next(); {
		if v2, ok := m2[it.key]; !ok || !eq(it.value, v2) {
			return false
		}
	}
	return true
}

// Insert is the original's.
func Insert[Map ~map[K]V, K comparable, V any](m Map, seq iter.Seq2[K, V]) {
	for k, v := range seq {
		m[Key(k)] = v
	}
}

// Collect is the original's.
func Collect[K comparable, V any](seq iter.Seq2[K, V]) map[K]V {
	m := map[K]V{}
	Insert(m, seq)
	return m
}

// Equal is the original's.
func Equal[M1, M2 ~map[K]V, K, V comparable](m1 M1, m2 M2) bool { return maps.Equal(m1, m2) }

// Clone is the original's.
func Clone[M ~map[K]V, K comparable, V any](m M) M { return maps.Clone(m) }

// Copy is the original's.
func Copy[M1 ~map[K]V, M2 ~map[K]V, K comparable, V any](dst M1, src M2) { maps.Copy(dst, src) }
