// Rejected: data-race
// Feedback: A lock for each day keeps apart those who ask for one day, and all days are in one map.

package tides

import "sync"

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	days   sync.Map // of *sync.RWMutex
	depths map[int]int
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	return &Table{depths: make(map[int]int)}
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	found, _ := t.days.LoadOrStore(day, new(sync.RWMutex))
	mu := found.(*sync.RWMutex)
	mu.RLock()
	depth, known := t.depths[day]
	mu.RUnlock()
	if known {
		return depth
	}
	mu.Lock()
	defer mu.Unlock()
	if depth, known = t.depths[day]; !known {
		depth = calculate(day)
		t.depths[day] = depth
	}
	return depth
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	n := 0
	for range t.days.Range {
		n++
	}
	return n
}
