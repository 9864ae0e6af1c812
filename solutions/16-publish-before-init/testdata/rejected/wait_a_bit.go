// Rejected: wrong-result
// Feedback: Who waits for a while does not know whether the prices are there by then.

package fares

import (
	"sync/atomic"
	"time"
)

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	begun  atomic.Bool
	prices atomic.Pointer[map[string]int]
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	if t.begun.CompareAndSwap(false, true) {
		prices := t.fetch()
		t.prices.Store(&prices)
	} else if t.prices.Load() == nil {
		time.Sleep(10 * time.Millisecond)
	}
	if prices := t.prices.Load(); prices != nil {
		cents, ok = (*prices)[island]
	}
	return cents, ok
}
