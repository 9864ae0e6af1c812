// Rejected: deadlock
// Feedback: Only two companies can be fetched at the same time: the third one waits for another one's prices.

package fares

import (
	"sync"
)

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch  func() map[string]int
	once   sync.Once
	prices map[string]int
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	t.once.Do(func() {
		lines <- struct{}{}
		t.prices = t.fetch()
		<-lines
	})
	cents, ok = t.prices[island]
	return cents, ok
}

var lines = make(chan struct{}, 2)
