// Rare: wrong-result
// Native: 0 of 100 runs.
// The winner counts the term up and then reads it. When it is deposed in between
// and another wins, both read the same term: two leaders in one term.

// Package election elects a leader, with a new term for each.
package election

import "sync/atomic"

// Election is held among nodes with numbers from 1.
type Election struct {
	leader atomic.Int64 // 0 is nobody
	term   atomic.Int64
}

// Campaign makes a node the leader if there is none. The term is its own.
func (e *Election) Campaign(node int64) (term int64, won bool) {
	if !e.leader.CompareAndSwap(0, node) {
		return 0, false
	}
	e.term.Add(1)
	return e.term.Load(), true
}

// Depose ends the term of a node, if it is the leader.
func (e *Election) Depose(node int64) bool {
	return e.leader.CompareAndSwap(node, 0)
}
