// Accepted: nobody changes a map that others may be looking at: the one who calculates puts a new one in its place.

package tides

import (
	"maps"
	"sync"
	"sync/atomic"
)

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	filling sync.Mutex // held by the one who calculates
	depths  atomic.Pointer[map[int]int]
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	t := new(Table)
	t.depths.Store(&map[int]int{})
	return t
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	if depth, known := (*t.depths.Load())[day]; known {
		return depth
	}
	t.filling.Lock()
	defer t.filling.Unlock()
	old := *t.depths.Load()
	if depth, known := old[day]; known {
		return depth
	}
	next := maps.Clone(old)
	next[day] = calculate(day)
	t.depths.Store(&next)
	return next[day]
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	return len(*t.depths.Load())
}
