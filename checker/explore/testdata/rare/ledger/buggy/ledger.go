// Rare: deadlock
// Native: 0 of 100 runs.
// A transfer locks the account that pays, then the one that is paid. Three
// transfers in a circle can each hold one lock and wait for the next.

// Package ledger moves money between accounts.
package ledger

import "sync"

// Account is one account.
type Account struct {
	mu      sync.Mutex
	balance int
}

// New returns an account with some money.
func New(balance int) *Account {
	return &Account{balance: balance}
}

// Transfer moves money, if there is enough, from one account to another.
func Transfer(from, to *Account, amount int) bool {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
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
