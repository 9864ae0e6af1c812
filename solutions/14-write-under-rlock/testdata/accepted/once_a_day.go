// Accepted: each day has an entry with a sync.Once; the lock is held only to find the entry, and for the depth.

package tides

import "sync"

// A Table has an entry for each day that somebody has asked for.
type Table struct {
	mu      sync.Mutex
	entries map[int]*entry
}

type entry struct {
	once  sync.Once
	depth int // set by once
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	return &Table{entries: make(map[int]*entry)}
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	e := t.entry(day)
	e.once.Do(func() { e.depth = calculate(day) })
	return e.depth
}

func (t *Table) entry(day int) *entry {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entries[day]
	if e == nil {
		e = new(entry)
		t.entries[day] = e
	}
	return e
}

// Days returns how many days the table has.
func (t *Table) Days() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.entries)
}
