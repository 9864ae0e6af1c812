// Rejected: deadlock
// Feedback: Days waits for the one who calculates, though the map can be looked at.

package tides

import "sync"

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	filling sync.Mutex // held by the one who calculates
	mu      sync.RWMutex
	depths  map[int]int
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	return &Table{depths: make(map[int]int)}
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	if depth, known := t.look(day); known {
		return depth
	}
	t.filling.Lock()
	defer t.filling.Unlock()
	if depth, known := t.look(day); known {
		return depth
	}
	depth := calculate(day)
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

// Days returns how many days the table has.
func (t *Table) Days() int {
	t.filling.Lock()
	defer t.filling.Unlock()
	return len(t.depths)
}
