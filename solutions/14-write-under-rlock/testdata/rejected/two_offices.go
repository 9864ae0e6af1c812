// Rejected: deadlock
// Feedback: Only two tables can have a day calculated at the same time: who asks a third one waits for another table's.

package tides

import "sync"

var offices = make(chan struct{}, 2)

type Table struct {
	filling sync.Mutex
	mu      sync.RWMutex
	depths  map[int]int
}

func NewTable() *Table { return &Table{depths: make(map[int]int)} }

func (t *Table) Depth(day int, calculate func(day int) int) int {
	if depth, known := t.look(day); known {
		return depth
	}
	t.filling.Lock()
	defer t.filling.Unlock()
	if depth, known := t.look(day); known {
		return depth
	}
	offices <- struct{}{}
	depth := calculate(day)
	<-offices
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
