// Package value puts values into an order that the schedule determines: the keys of a
// map, whose own order is left to chance.
package value

import (
	"cmp"
	"math"
	"reflect"
	"slices"

	"racelab/checker/labrt/sched"
)

// Shuffle puts items into an order that follows from the schedule and from the keys of
// the items. It reports whether it did: not when no schedule is running.
func Shuffle[T any](items []T, key func(*T) any) bool {
	if len(items) < 2 {
		return false
	}
	draw, ok := sched.Draw()
	if !ok {
		return false
	}
	type ranked struct {
		item T
		rank uint64
	}
	all := make([]ranked, len(items))
	for i := range items {
		all[i] = ranked{items[i], Hash(draw, key(&items[i]))}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	for i := range all {
		items[i] = all[i].item
	}
	return true
}

// Note makes the pointers and channels in x known. What is known of them, then and
// later, is which goroutine came by them first, and when: their addresses change.
func Note(x any) { Hash(0, x) }

// Hash returns a number for x, which can be compared. Equal values have equal numbers,
// in every run of the schedule.
func Hash(seed uint64, x any) uint64 { return hash(seed, reflect.ValueOf(x)) }

func hash(h uint64, v reflect.Value) uint64 {
	switch v.Kind() {
	case reflect.Invalid:
		return mix(h, 1)
	case reflect.Bool:
		if v.Bool() {
			return mix(h, 2)
		}
		return mix(h, 3)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return mix(h, uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return mix(h, v.Uint())
	case reflect.Float32, reflect.Float64:
		return mix(h, bits(v.Float()))
	case reflect.Complex64, reflect.Complex128:
		return mix(mix(h, bits(real(v.Complex()))), bits(imag(v.Complex())))
	case reflect.String:
		return text(h, v.String())
	case reflect.Pointer, reflect.Chan, reflect.UnsafePointer:
		return mix(h, sched.Number(v.UnsafePointer()))
	case reflect.Interface:
		return dynamic(h, v.Elem())
	case reflect.Array:
		for i := range v.Len() {
			h = hash(h, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			h = hash(h, v.Field(i))
		}
	default: // cannot be compared
	}
	return mix(h, 4)
}

// dynamic is hash of what is in an interface: two types may have the same value.
func dynamic(h uint64, v reflect.Value) uint64 {
	if !v.IsValid() {
		return mix(h, 5)
	}
	t := v.Type()
	return hash(text(text(h, t.PkgPath()), t.String()), v)
}

// bits are the same for both zeros, which are equal.
func bits(f float64) uint64 {
	if f == 0 {
		return 0
	}
	return math.Float64bits(f)
}

func text(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h, uint64(len(s)))
}

func mix(h, x uint64) uint64 {
	h = (h ^ x) * 0x9e3779b97f4a7c15
	h = (h ^ h>>32) * 0xd6e8feb86659fd93
	return h ^ h>>32
}
