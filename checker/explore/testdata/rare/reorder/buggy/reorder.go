// Rare: wrong-result
// Native: 0 of 100 runs.
// Put sets the two halves one after the other, with two atomics. Who looks between
// the first Put's two steps, and before any other Put has come to its end, sees
// a pair that nobody has put there. The more goroutines put, the more orders there
// are that hide it. (After reorder_N of SCTBench: Thomson, Donaldson and Betts,
// PPoPP 2014.)

// Package reorder keeps two values that belong together.
package reorder

import "sync/atomic"

// A Pair is 0 and 0 until it is put, and then 1 and -1.
type Pair struct{ a, b atomic.Int32 }

// Put puts 1 and -1.
func (p *Pair) Put() {
	p.a.Store(1)
	p.b.Store(-1)
}

// Whole reports whether the pair is one of the two that it may be.
func (p *Pair) Whole() bool {
	return p.a.Load() == 0 && p.b.Load() == 0 || p.a.Load() == 1 && p.b.Load() == -1
}
