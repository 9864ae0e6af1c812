// Rejected: wrong-result
// Feedback: All tables share one map now, and a day has another depth in each harbour.

package tides

import "sync"

// A Table has the depths of the days that somebody has asked for.
type Table struct{}

var (
	filling sync.Mutex
	mu      sync.RWMutex
	depths  = make(map[int]int)
)

// NewTable returns a table.
func NewTable() *Table {
	return new(Table)
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	if depth, known := look(day); known {
		return depth
	}
	filling.Lock()
	defer filling.Unlock()
	if depth, known := look(day); known {
		return depth
	}
	depth := calculate(day)
	mu.Lock()
	defer mu.Unlock()
	depths[day] = depth
	return depth
}

func look(day int) (depth int, known bool) {
	mu.RLock()
	defer mu.RUnlock()
	depth, known = depths[day]
	return depth, known
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	mu.RLock()
	defer mu.RUnlock()
	return len(depths)
}
