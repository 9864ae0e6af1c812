// Package fares knows what a trip with the ferries costs. Each ticket machine on the
// islands has a tariff. It is fetched from the mainland, which takes a while, when the
// first passenger asks.
package fares

import "sync"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch func() map[string]int
	// once does both things that a flag of our own would have to do: who comes second waits
	// until the first is done, and what the first has written is then there for everybody.
	once   sync.Once
	prices map[string]int // in cents, by island; set by once
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	// No look before it: Do is as quick as a look when the prices are there, and a look at
	// prices without it would be one that nothing orders.
	t.once.Do(func() { t.prices = t.fetch() })
	cents, ok = t.prices[island]
	return cents, ok
}
