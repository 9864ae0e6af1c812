// Package fares knows what a trip with the ferries costs. Each ticket machine on the
// islands has a tariff. It is fetched from the mainland, which takes a while, when the
// first passenger asks.
package fares

import "sync"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	mu     sync.Mutex
	ready  bool
	prices map[string]int // in cents, by island
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	if !t.ready { // later passengers need no lock
		t.get()
	}
	cents, ok = t.prices[island]
	return cents, ok
}

// get fetches the prices. If somebody else has begun to, there is nothing to do.
func (t *Tariff) get() {
	t.mu.Lock()
	begun := t.ready
	t.ready = true
	t.mu.Unlock()
	if !begun {
		t.prices = t.fetch()
	}
}
