// Rejected: wrong-result
// Feedback: Between RUnlock and Lock another pilot can calculate the same day as well; whatever you do after Lock comes too late for that.

package tides

import "sync"

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	mu     sync.RWMutex
	depths map[int]int
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	return &Table{depths: make(map[int]int)}
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	t.mu.RLock()
	depth, known := t.depths[day]
	t.mu.RUnlock()
	if known {
		return depth
	}
	mine := calculate(day)
	t.mu.Lock()
	defer t.mu.Unlock()
	if depth, known = t.depths[day]; !known {
		depth = mine
		t.depths[day] = depth
	}
	return depth
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.depths)
}
