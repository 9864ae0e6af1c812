// Package account keeps joint accounts: one balance, several cards, and cash
// machines all over the town.
package account

import (
	"errors"
	"fmt"
	"sync"
)

// ErrInsufficient is returned by Draw when the balance does not cover the amount.
var ErrInsufficient = errors.New("insufficient funds")

// An Account is a joint account. Amounts are in whole euros and positive.
type Account struct {
	mu      sync.Mutex
	balance int // guarded by mu
}

// New opens an account, with money of its own.
func New(opening int) *Account {
	return &Account{balance: opening}
}

// Balance returns what is in the account.
func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// Deposit pays amount in.
func (a *Account) Deposit(amount int) {
	a.book(amount)
}

// Draw pays amount out at a cash machine. The machine's dispense counts the
// notes and hands them over, which takes its time.
//
// When the balance does not cover the amount, Draw returns ErrInsufficient and
// does not call dispense. An error of dispense means that the customer got
// nothing: Draw returns that error, and the account has lost nothing.
func (a *Account) Draw(amount int, dispense func(amount int) error) error {
	if a.Balance() < amount {
		return ErrInsufficient
	}
	if err := dispense(amount); err != nil {
		return fmt.Errorf("drawing %d: %w", amount, err)
	}
	a.book(-amount)
	return nil
}

// book adds amount, which may be negative, to the balance.
func (a *Account) book(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}
