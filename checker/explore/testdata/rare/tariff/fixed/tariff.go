// Right: no goroutine takes the lock that it holds; what both need is a function
// that takes none.

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
	return t.taxOn(amount)
}

// taxOn is called with the lock held.
func (t *Tariff) taxOn(amount int) int {
	return amount * t.tax / 100
}

// Total is the price of an article with its tax.
func (t *Tariff) Total(article string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	price := t.prices[article]
	return price + t.taxOn(price)
}

// SetTax changes the tax.
func (t *Tariff) SetTax(tax int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tax = tax
}
