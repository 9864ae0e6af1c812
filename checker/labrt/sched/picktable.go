package sched

import "racelab/checker/labrt/wire"

// A pickTable finds picks. It is a hash table with open addressing, because the race
// detector would see the accesses of a map.
type pickTable struct {
	slots []pickSlot // a power of two, at most half of them taken
}

// A pickSlot is one pick, or empty.
type pickSlot struct {
	*wire.Pick
	steps int // Steps, or as many more as this one of several is later
}

//go:norace
func (t *pickTable) init(picks wire.Picks) {
	n, all := 2, 0
	for i := range picks {
		all += 1 + picks[i].More
	}
	for n < 2*all {
		n *= 2
	}
	t.slots = make([]pickSlot, n)
	for i := range picks {
		p := &picks[i]
		for steps := p.Steps; steps <= p.Steps+p.More; steps++ {
			if slot := t.slot(p.Last, steps, p.Case); slot.Pick == nil { // the first one counts
				*slot = pickSlot{p, steps}
			}
		}
	}
}

//go:norace
func (t *pickTable) find(last, steps int, isCase bool) *wire.Pick {
	return t.slot(last, steps, isCase).Pick
}

// slot is where the pick is, or would be.
//
//go:norace
func (t *pickTable) slot(last, steps int, isCase bool) *pickSlot {
	mask := uint64(len(t.slots) - 1)
	for i := scramble(uint64(last)<<32 ^ uint64(steps)); ; i++ {
		slot := &t.slots[i&mask]
		if slot.Pick == nil || slot.Last == last && slot.steps == steps && slot.Case == isCase {
			return slot
		}
	}
}
