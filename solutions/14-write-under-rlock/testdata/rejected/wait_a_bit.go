// Rejected: wrong-result
// Feedback: Who waits for a while and then looks does not know whether the other one is done by then.

package tides

import (
	"sync"
	"time"
)

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	mu     sync.RWMutex
	inHand map[int]bool
	depths map[int]int
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	return &Table{inHand: make(map[int]bool), depths: make(map[int]int)}
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	t.mu.Lock()
	depth, known := t.depths[day]
	if known {
		t.mu.Unlock()
		return depth
	}
	waiting := t.inHand[day]
	t.inHand[day] = true
	t.mu.Unlock()
	if waiting {
		time.Sleep(10 * time.Millisecond)
		t.mu.RLock()
		defer t.mu.RUnlock()
		return t.depths[day]
	}
	depth = calculate(day)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.depths[day] = depth
	return depth
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.depths)
}
