// Rejected: wrong-result
// Feedback: Who does not wait for the goroutine that fetches tells the first passengers that no ferry goes.

package fares

import (
	"sync"
	"sync/atomic"
)

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	once   sync.Once
	prices atomic.Pointer[map[string]int]
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	t.once.Do(func() {
		go func() {
			prices := t.fetch()
			t.prices.Store(&prices)
		}()
	})
	if prices := t.prices.Load(); prices != nil {
		cents, ok = (*prices)[island]
	}
	return cents, ok
}
