// Rejected: wrong-result
// Feedback: A company without ferries has no prices, and you fetch them again each time.

package fares

import "sync"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	mu     sync.Mutex
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
	if len(t.prices) == 0 {
		t.prices = t.fetch()
	}
	cents, ok = t.prices[island]
	return cents, ok
}
