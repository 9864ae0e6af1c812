// Accepted: who calculates says so under the lock, and the others wait on a condition variable.

package tides

import "sync"

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	mu      sync.Mutex
	changed *sync.Cond
	inHand  map[int]bool // somebody calculates it
	depths  map[int]int
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	t := &Table{inHand: make(map[int]bool), depths: make(map[int]int)}
	t.changed = sync.NewCond(&t.mu)
	return t
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.inHand[day] {
		t.changed.Wait()
	}
	if depth, known := t.depths[day]; known {
		return depth
	}
	t.inHand[day] = true
	t.mu.Unlock()
	depth := calculate(day)
	t.mu.Lock()
	t.depths[day] = depth
	delete(t.inHand, day)
	t.changed.Broadcast()
	return depth
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.depths)
}
