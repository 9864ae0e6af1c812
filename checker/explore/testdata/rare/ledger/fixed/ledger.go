// Right: accounts have numbers, and every transfer locks the lower one first, so
// no circle of waiting goroutines can close.

// Package ledger moves money between accounts.
package ledger

import (
	"sync"
	"sync/atomic"
)

// Account is one account.
type Account struct {
	number  int64
	mu      sync.Mutex
	balance int
}

var accounts atomic.Int64

// New returns an account with some money.
func New(balance int) *Account {
	return &Account{number: accounts.Add(1), balance: balance}
}

// Transfer moves money, if there is enough, from one account to another.
func Transfer(from, to *Account, amount int) bool {
	first, second := from, to
	if second.number < first.number {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	if from.balance < amount {
		return false
	}
	from.balance -= amount
	to.balance += amount
	return true
}

// Balance is what is in the account.
func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}
