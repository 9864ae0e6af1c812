// Package tides keeps the depth of the water in a harbour's mouth at low tide, for
// the pilots who bring the ships in. A depth takes the computing centre minutes to
// calculate, and is kept from then on.
package tides

import "sync"

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	// filling is held by the one who calculates. It is not mu, because a calculation takes
	// minutes, and meanwhile the others want to look.
	filling sync.Mutex

	// mu guards the map. Many may hold it with RLock, and so with RLock nobody may write:
	// it keeps out those who hold it with Lock, and not each other.
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
	if depth, known := t.look(day); known {
		return depth
	}
	t.filling.Lock()
	defer t.filling.Unlock()
	// What was true before the lock need not be true any more: whoever held it before may
	// have calculated this day.
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
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.depths)
}
