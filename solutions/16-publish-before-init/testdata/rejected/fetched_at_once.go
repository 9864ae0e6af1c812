// Rejected: wrong-result
// Feedback: New fetches prices for which nobody has asked yet, and perhaps nobody will.

package fares

// A Tariff has the prices of one ferry company.
type Tariff struct {
	prices map[string]int
}

// New returns a tariff. Fetch gets its prices.
func New(fetch func() map[string]int) *Tariff {
	return &Tariff{prices: fetch()}
}

// Price returns what a trip to an island costs, and whether a ferry goes there.
func (t *Tariff) Price(island string) (cents int, ok bool) {
	cents, ok = t.prices[island]
	return cents, ok
}
