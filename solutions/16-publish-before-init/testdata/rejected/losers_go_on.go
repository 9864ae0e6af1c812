// Rejected: data-race
// Feedback: CompareAndSwap decides who fetches; the others go on at once, and look at prices that are being set.

package fares

import "sync/atomic"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	begun  atomic.Bool
	prices map[string]int
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	if t.begun.CompareAndSwap(false, true) {
		t.prices = t.fetch()
	}
	cents, ok = t.prices[island]
	return cents, ok
}
