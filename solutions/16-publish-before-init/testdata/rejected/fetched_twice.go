// Rejected: wrong-result
// Feedback: Whoever comes before the prices are there fetches them as well.

package fares

import "sync/atomic"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	prices atomic.Pointer[map[string]int]
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	prices := t.prices.Load()
	if prices == nil {
		fetched := t.fetch()
		prices = &fetched
		t.prices.Store(prices)
	}
	cents, ok = (*prices)[island]
	return cents, ok
}
