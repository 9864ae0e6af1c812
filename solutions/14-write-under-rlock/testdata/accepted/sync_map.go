// Accepted: a sync.Map keeps what the first who asked for a day has put there, and that calculates once.

package tides

import (
	"sync"
	"sync/atomic"
)

// A Table has a function for each day, which knows the depth or finds it out.
type Table struct {
	depths sync.Map // of func() int, by day
	known  atomic.Int64
}

// NewTable returns a table without any depths.
func NewTable() *Table {
	return new(Table)
}

// Depth returns the depth on a day.
func (t *Table) Depth(day int, calculate func(day int) int) int {
	depth, ok := t.depths.Load(day)
	if !ok {
		depth, _ = t.depths.LoadOrStore(day, sync.OnceValue(func() int {
			defer t.known.Add(1)
			return calculate(day)
		}))
	}
	return depth.(func() int)()
}

// Days returns how many days are known.
func (t *Table) Days() int {
	return int(t.known.Load())
}
