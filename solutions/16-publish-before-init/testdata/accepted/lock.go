// Accepted: everybody takes the lock, also who finds that the prices are there.

package fares

import "sync"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	mu     sync.Mutex // guards the others
	ready  bool
	prices map[string]int
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.ready {
		t.prices = t.fetch()
		t.ready = true
	}
	cents, ok = t.prices[island]
	return cents, ok
}
