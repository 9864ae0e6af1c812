package sched

import "racelab/checker/labrt/wire"

// A pickTable finds picks. It is a hash table with open addressing, because the race
// detector would see the accesses of a map.
type pickTable struct {
	slots []*wire.Pick // a power of two, at most half of them taken
}

//go:norace
func (t *pickTable) init(picks wire.Picks) {
	n := 2
	for n < 2*len(picks) {
		n *= 2
	}
	t.slots = make([]*wire.Pick, n)
	for i := range picks {
		p := &picks[i]
		if slot := t.slot(p.Last, p.Steps, p.Case); *slot == nil { // the first one counts
			*slot = p
		}
	}
}

//go:norace
func (t *pickTable) find(last, steps int, isCase bool) *wire.Pick {
	return *t.slot(last, steps, isCase)
}

// slot is where the pick is, or would be.
//
//go:norace
func (t *pickTable) slot(last, steps int, isCase bool) **wire.Pick {
	mask := uint64(len(t.slots) - 1)
	for i := scramble(uint64(last)<<32 ^ uint64(steps)); ; i++ {
		slot := &t.slots[i&mask]
		if p := *slot; p == nil || p.Last == last && p.Steps == steps && p.Case == isCase {
			return slot
		}
	}
}
