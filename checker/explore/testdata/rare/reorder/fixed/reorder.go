// Right: both halves are set, and looked at, with the lock held: no one sees one alone.

// Package reorder keeps two values that belong together.
package reorder

import "sync"

// A Pair is 0 and 0 until it is put, and then 1 and -1.
type Pair struct {
	mu   sync.Mutex
	a, b int
}

// Put puts 1 and -1.
func (p *Pair) Put() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.a, p.b = 1, -1
}

// Whole reports whether the pair is one of the two that it may be.
func (p *Pair) Whole() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.a == 0 && p.b == 0 || p.a == 1 && p.b == -1
}
