// Rejected: data-race
// Feedback: The lock is held while the prices are set, and not by those who look at them.

package fares

import "sync"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	mu     sync.Mutex
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
	mine := !t.ready
	t.ready = true
	t.mu.Unlock()
	if mine {
		prices := t.fetch()
		t.mu.Lock()
		t.prices = prices
		t.mu.Unlock()
	}
	cents, ok = t.prices[island]
	return cents, ok
}
