// Rejected: deadlock
// Feedback: Every 64th table has the same lock: who asks for a day waits for the calculation of another table.

package tides

import "sync"

var (
	fillings [64]sync.Mutex
	mu       sync.Mutex
	n        int
)

type Table struct {
	filling *sync.Mutex
	mu      sync.RWMutex
	depths  map[int]int
}

func NewTable() *Table {
	mu.Lock()
	defer mu.Unlock()
	n++
	return &Table{depths: make(map[int]int), filling: &fillings[n%64]}
}

func (t *Table) Depth(day int, calculate func(day int) int) int {
	if depth, known := t.look(day); known {
		return depth
	}
	t.filling.Lock()
	defer t.filling.Unlock()
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

func (t *Table) Days() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.depths)
}
