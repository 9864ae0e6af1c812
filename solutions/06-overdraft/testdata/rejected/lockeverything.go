// Rejected: deadlock
// Feedback: Draw holds the lock and calls Balance, which takes it again; unlike Python's RLock, a sync.Mutex cannot be taken twice by the same goroutine.

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

// New opens an account.
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
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}

// Draw pays amount out at a cash machine.
func (a *Account) Draw(amount int, dispense func(amount int) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.Balance() < amount {
		return ErrInsufficient
	}
	if err := dispense(amount); err != nil {
		return fmt.Errorf("drawing %d: %w", amount, err)
	}
	a.balance -= amount
	return nil
}
