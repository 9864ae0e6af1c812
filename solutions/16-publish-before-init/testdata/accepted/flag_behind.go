// Accepted: a flag says that the prices are there. It is atomic, and set when they are; until then there is the lock.

package fares

import (
	"sync"
	"sync/atomic"
)

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	mu     sync.Mutex
	ready  atomic.Bool // prices is set, and does not change any more
	prices map[string]int
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	if !t.ready.Load() {
		t.get()
	}
	cents, ok = t.prices[island]
	return cents, ok
}

func (t *Tariff) get() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.ready.Load() {
		t.prices = t.fetch()
		t.ready.Store(true)
	}
}
