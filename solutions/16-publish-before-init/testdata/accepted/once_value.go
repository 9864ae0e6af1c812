// Accepted: the tariff is the function that knows the prices, or fetches them.

package fares

import "sync"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	prices func() map[string]int
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{prices: sync.OnceValue(fetch)}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	cents, ok = t.prices()[island]
	return cents, ok
}
