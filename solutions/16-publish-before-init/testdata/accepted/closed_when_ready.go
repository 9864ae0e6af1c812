// Accepted: who is first fetches, and closes a channel when the prices are there; all others wait for that.

package fares

import "sync/atomic"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	begun  atomic.Bool
	ready  chan struct{} // closed when prices is set
	prices map[string]int
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch, ready: make(chan struct{})}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	if t.begun.CompareAndSwap(false, true) {
		t.prices = t.fetch()
		close(t.ready)
	}
	<-t.ready
	cents, ok = t.prices[island]
	return cents, ok
}
