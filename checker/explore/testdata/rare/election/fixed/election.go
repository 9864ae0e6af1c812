// Right: leader and term change together under one lock, and the winner reads
// its term before anybody can depose it.

// Package election elects a leader, with a new term for each.
package election

import "sync"

// Election is held among nodes with numbers from 1.
type Election struct {
	mu     sync.Mutex
	leader int64 // 0 is nobody
	term   int64
}

// Campaign makes a node the leader if there is none. The term is its own.
func (e *Election) Campaign(node int64) (term int64, won bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.leader != 0 {
		return 0, false
	}
	e.leader = node
	e.term++
	return e.term, true
}

// Depose ends the term of a node, if it is the leader.
func (e *Election) Depose(node int64) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.leader != node {
		return false
	}
	e.leader = 0
	return true
}
