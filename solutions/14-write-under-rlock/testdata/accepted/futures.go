// Accepted: the first who asks for a day leaves a channel for the others, and closes it when the depth is there.

package tides

import "sync"

// A Table has a depth, or who is calculating it, for each day.
type Table struct {
	mu   sync.RWMutex
	days map[int]*future
}

type future struct {
	done  chan struct{} // closed when depth is there
	depth int
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	return &Table{days: make(map[int]*future)}
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	t.mu.RLock()
	f := t.days[day]
	t.mu.RUnlock()
	if f == nil {
		mine := &future{done: make(chan struct{})}
		t.mu.Lock()
		if f = t.days[day]; f == nil {
			t.days[day] = mine
			t.mu.Unlock()
			mine.depth = calculate(day)
			close(mine.done)
			return mine.depth
		}
		t.mu.Unlock()
	}
	<-f.done
	return f.depth
}

// Days returns how many days are known.
func (t *Table) Days() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	known := 0
	for _, f := range t.days {
		select {
		case <-f.done:
			known++
		default:
		}
	}
	return known
}
