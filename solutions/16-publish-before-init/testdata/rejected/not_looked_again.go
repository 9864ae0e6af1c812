// Rejected: wrong-result
// Feedback: Who has waited for the lock fetches once more: meanwhile the prices have come.

package fares

import (
	"sync"
	"sync/atomic"
)

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	mu     sync.Mutex
	prices atomic.Pointer[map[string]int]
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	if t.prices.Load() == nil {
		t.mu.Lock()
		prices := t.fetch()
		t.prices.Store(&prices)
		t.mu.Unlock()
	}
	cents, ok = (*t.prices.Load())[island]
	return cents, ok
}
