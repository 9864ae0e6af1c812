// Rejected: wrong-result
// Feedback: Your copy of the map is as old as the calculation is long: what others have entered meanwhile is gone.

package tides

import (
	"maps"
	"sync"
	"sync/atomic"
)

// A Table has the depths of the days that somebody has asked for.
type Table struct {
	depths atomic.Pointer[map[int]int]
	days   sync.Map // of *sync.Mutex, held by the one who calculates a day
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	t := new(Table)
	t.depths.Store(&map[int]int{})
	return t
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	if depth, known := (*t.depths.Load())[day]; known {
		return depth
	}
	mu, _ := t.days.LoadOrStore(day, new(sync.Mutex))
	mu.(*sync.Mutex).Lock()
	defer mu.(*sync.Mutex).Unlock()
	old := *t.depths.Load()
	if depth, known := old[day]; known {
		return depth
	}
	depth := calculate(day)
	next := maps.Clone(old)
	next[day] = depth
	t.depths.Store(&next)
	return depth
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	return len(*t.depths.Load())
}
