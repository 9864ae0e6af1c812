// Rejected: data-race
// Feedback: To look at a variable again and again orders nothing, and the compiler need not even look twice.

package fares

import (
	"runtime"
	"sync/atomic"
)

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
		prices := t.fetch()
		if prices == nil {
			prices = map[string]int{}
		}
		t.prices = prices
	}
	for t.prices == nil {
		runtime.Gosched()
	}
	cents, ok = t.prices[island]
	return cents, ok
}
