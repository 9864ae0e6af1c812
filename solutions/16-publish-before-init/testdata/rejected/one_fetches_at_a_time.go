// Rejected: deadlock
// Feedback: One lock for all companies: who asks for one waits for the prices of another one.

package fares

import "sync"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	ready  bool
	prices map[string]int
}

var mu sync.Mutex // guards all tariffs

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	mu.Lock()
	defer mu.Unlock()
	if !t.ready {
		t.prices = t.fetch()
		t.ready = true
	}
	cents, ok = t.prices[island]
	return cents, ok
}
