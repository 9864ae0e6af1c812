// Rejected: wrong-result
// Feedback: Who has waited for long stops waiting, and calculates a day that another one is calculating.

package tides

import (
	"sync"
	"time"
)

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	filling chan struct{} // has a value while somebody calculates
	mu      sync.RWMutex
	depths  map[int]int // in centimetres, by day
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	return &Table{filling: make(chan struct{}, 1), depths: make(map[int]int)}
}

// Depth returns the depth on a day. If the table does not have it, calculate finds it
// out, at the cost of whoever asks.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	if depth, known := t.look(day); known {
		return depth
	}
	select {
	case t.filling <- struct{}{}:
		defer func() { <-t.filling }()
	case <-time.After(time.Hour):
		// No calculation takes so long: something has gone wrong.
	}
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
