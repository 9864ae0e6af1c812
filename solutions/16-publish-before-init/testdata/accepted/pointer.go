// Accepted: the pointer to the prices says that they are there: it is set when they are, and looked at again under the lock.

package fares

import (
	"sync"
	"sync/atomic"
)

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch    func() map[string]int
	fetching sync.Mutex
	prices   atomic.Pointer[map[string]int]
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	prices := t.prices.Load()
	if prices == nil {
		prices = t.get()
	}
	cents, ok = (*prices)[island]
	return cents, ok
}

func (t *Tariff) get() *map[string]int {
	t.fetching.Lock()
	defer t.fetching.Unlock()
	if prices := t.prices.Load(); prices != nil {
		return prices
	}
	prices := t.fetch()
	t.prices.Store(&prices)
	return &prices
}
