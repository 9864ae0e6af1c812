// Rejected: wrong-result
// Feedback: The flag is atomic, and it still says that the prices are there when they are only being fetched.

package fares

import "sync/atomic"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	ready  atomic.Bool
	prices atomic.Pointer[map[string]int]
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	if t.ready.CompareAndSwap(false, true) {
		prices := t.fetch()
		t.prices.Store(&prices)
	}
	prices := t.prices.Load()
	if prices == nil {
		return 0, false
	}
	cents, ok = (*prices)[island]
	return cents, ok
}
