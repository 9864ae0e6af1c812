// Rejected: wrong-result
// Feedback: There is one tariff for all companies now, whichever is asked first.

package fares

import "sync"

// A Tariff has the prices of one ferry company.
type Tariff struct {
	fetch func() map[string]int
}

var (
	once   sync.Once
	prices map[string]int
)

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{fetch: fetch}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	once.Do(func() { prices = t.fetch() })
	cents, ok = prices[island]
	return cents, ok
}
