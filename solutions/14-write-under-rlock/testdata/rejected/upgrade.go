// Rejected: deadlock
// Feedback: Lock waits until nobody holds RLock any more, and you still hold it yourself.

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
	defer t.mu.RUnlock()
	depth, known := t.depths[day]
	if !known {
		depth = calculate(day)
		t.mu.Lock()
		t.depths[day] = depth
		t.mu.Unlock()
	}
	return depth
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.depths)
}
