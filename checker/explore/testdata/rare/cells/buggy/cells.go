// Rare: data-race
// Native: 1 of 100 runs.
// Grow replaces the table and its lock, but both tables share the cells. Who has
// fetched the old table and is late to lock it, changes a cell under the old lock
// while another changes it under the new one.

// Package cells counts in a table that grows.
package cells

import (
	"sync"
	"sync/atomic"
)

// Counter counts for the keys 0, 1, 2 and so on.
type Counter struct {
	table atomic.Pointer[table]
}

type table struct {
	mu    sync.Mutex
	cells []*cell
}

type cell struct {
	n int
}

// New returns a counter for n keys.
func New(n int) *Counter {
	c := &Counter{}
	c.table.Store(&table{cells: newCells(n)})
	return c
}

func newCells(n int) (cells []*cell) {
	for range n {
		cells = append(cells, &cell{})
	}
	return cells
}

// Add counts one more for a key.
func (c *Counter) Add(key int) {
	t := c.table.Load()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cells[key].n++
}

// Grow makes room for n more keys.
func (c *Counter) Grow(n int) {
	old := c.table.Load()
	old.mu.Lock()
	defer old.mu.Unlock()
	c.table.Store(&table{cells: append(old.cells, newCells(n)...)})
}

// Count is what was counted for a key.
func (c *Counter) Count(key int) int {
	t := c.table.Load()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.cells[key].n
}
