// Rejected: data-race
// Feedback: The lock was given back before the entry is made, so nothing protects the entry.

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
	t.mu.Lock()
	depth, known := t.depths[day]
	t.mu.Unlock()
	if !known {
		depth = calculate(day)
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
