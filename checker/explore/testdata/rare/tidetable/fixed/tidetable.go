// Right: a look waits until the depth is entered, which is a moment, and never with those
// who calculate.

// Package tidetable keeps depths that take long to calculate.
package tidetable

import "sync"

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	filling sync.Mutex // held by the one who calculates
	mu      sync.RWMutex
	depths  map[int]int
}

// New returns a table without any depths.
func New() *Table { return &Table{depths: make(map[int]int)} }

// Depth returns the depth on a day, which is calculated if it is not known.
func (t *Table) Depth(day int, calculate func() int) int {
	if depth, known := t.look(day); known {
		return depth
	}
	t.filling.Lock()
	defer t.filling.Unlock()
	if depth, known := t.look(day); known {
		return depth
	}
	depth := calculate()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.depths[day] = depth
	return depth
}

func (t *Table) look(day int) (depth int, known bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	depth, known = t.depths[day]
	return depth, known
}
