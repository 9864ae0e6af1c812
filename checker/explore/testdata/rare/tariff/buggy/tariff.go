// Rare: deadlock
// Native: 0 of 100 runs.
// Total reads with the read lock held, and Tax takes it once more. A writer that
// arrives between the two waits for the first, and holds up the second.

// Package tariff knows prices and taxes.
package tariff

import "sync"

// Tariff has one tax, in percent, for all prices.
type Tariff struct {
	mu     sync.RWMutex
	prices map[string]int
	tax    int
}

// New returns a tariff.
func New(prices map[string]int, tax int) *Tariff {
	return &Tariff{prices: prices, tax: tax}
}

// Tax is what must be paid on top of an amount.
func (t *Tariff) Tax(amount int) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return amount * t.tax / 100
}

// Total is the price of an article with its tax.
func (t *Tariff) Total(article string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	price := t.prices[article]
	return price + t.Tax(price)
}

// SetTax changes the tax.
func (t *Tariff) SetTax(tax int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tax = tax
}
