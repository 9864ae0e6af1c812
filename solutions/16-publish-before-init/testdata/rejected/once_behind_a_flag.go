// Rejected: data-race
// Feedback: Once orders those who call Do; whoever looks at your own flag first does not.

package fares

import "sync"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	once   sync.Once
	ready  bool
	prices map[string]int
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	if !t.ready {
		t.once.Do(func() {
			t.prices = t.fetch()
			t.ready = true
		})
	}
	cents, ok = t.prices[island]
	return cents, ok
}
