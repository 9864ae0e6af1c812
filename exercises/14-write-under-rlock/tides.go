// Package tides keeps the depth of the water in a harbour's mouth at low tide, for
// the pilots who bring the ships in. A depth takes the computing centre minutes to
// calculate, and is kept from then on.
package tides

import "sync"

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	mu     sync.RWMutex
	depths map[int]int // in centimetres, by day
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	return &Table{depths: make(map[int]int)}
}

// Depth returns the depth on a day. If the table does not have it, calculate finds it
// out, at the cost of whoever asks.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	// Most days are known already, so many pilots look at the same time.
	t.mu.RLock()
	defer t.mu.RUnlock()
	depth, known := t.depths[day]
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
