// Rejected: wrong-result
// Feedback: Load and Store of a sync.Map are whole, each by itself; in between another pilot finds nothing and calculates as well.

package tides

import "sync"

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	depths sync.Map
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	return new(Table)
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	if depth, known := t.depths.Load(day); known {
		return depth.(int)
	}
	depth := calculate(day)
	t.depths.Store(day, depth)
	return depth
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	n := 0
	for range t.depths.Range {
		n++
	}
	return n
}
