// Rejected: deadlock
// Feedback: Every 64th company has the same lock: who asks for one waits for the prices of another one.

package fares

import (
	"sync"
)

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	once   sync.Once
	prices map[string]int
	mu     *sync.Mutex
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return newT(fetch)
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.once.Do(func() { t.prices = t.fetch() })
	cents, ok = t.prices[island]
	return cents, ok
}

var (
	mus [64]sync.Mutex
	n   int
	nm  sync.Mutex
)

func newT(fetch func() map[string]int) *Tariff {
	nm.Lock()
	defer nm.Unlock()
	n++
	return &Tariff{fetch: fetch, mu: &mus[n%64]}
}
