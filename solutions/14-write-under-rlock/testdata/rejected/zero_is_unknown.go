// Rejected: wrong-result
// Feedback: A depth of 0 is a depth, too, and your table takes it for a day that nobody has calculated.

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
	if depth := t.look(day); depth != 0 {
		return depth
	}
	t.filling.Lock()
	defer t.filling.Unlock()
	if depth := t.look(day); depth != 0 {
		return depth
	}
	depth := calculate(day)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.depths[day] = depth
	return depth
}

func (t *Table) look(day int) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.depths[day]
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.depths)
}
