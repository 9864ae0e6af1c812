// Right: there is one lock for as long as the counter lives, outside of what is
// replaced.

// Package cells counts in a table that grows.
package cells

import "sync"

// Counter counts for the keys 0, 1, 2 and so on.
type Counter struct {
	mu    sync.Mutex
	cells []*cell
}

type cell struct {
	n int
}

// New returns a counter for n keys.
func New(n int) *Counter {
	return &Counter{cells: newCells(n)}
}

func newCells(n int) (cells []*cell) {
	for range n {
		cells = append(cells, &cell{})
	}
	return cells
}

// Add counts one more for a key.
func (c *Counter) Add(key int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cells[key].n++
}

// Grow makes room for n more keys.
func (c *Counter) Grow(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cells = append(c.cells, newCells(n)...)
}

// Count is what was counted for a key.
func (c *Counter) Count(key int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cells[key].n
}
