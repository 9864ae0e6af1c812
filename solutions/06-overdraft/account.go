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
	balance int // guarded by mu, never negative
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
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}

// Draw pays amount out at a cash machine. The machine's dispense counts the
// notes and hands them over, which takes its time.
//
// When the balance does not cover the amount, Draw returns ErrInsufficient and
// does not call dispense. An error of dispense means that the customer got
// nothing: Draw returns that error, and the account has lost nothing.
func (a *Account) Draw(amount int, dispense func(amount int) error) error {
	// The money leaves the account before the first note is counted: from now
	// on every goroutine sees what is really left.
	if err := a.take(amount); err != nil {
		return err
	}
	// No lock is held here: no draw waits for another draw's machine.
	if err := dispense(amount); err != nil {
		// Add the amount to what the balance is now. It may have changed since,
		// so the old balance must not be restored.
		a.Deposit(amount)
		return fmt.Errorf("drawing %d: %w", amount, err)
	}
	return nil
}

// take checks and acts without releasing the lock in between, so that no
// other draw can be decided on the same money.
func (a *Account) take(amount int) error {
	// Not a.Balance(): that would lock mu again, and a Mutex does not know
	// that this goroutine holds it already.
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.balance < amount {
		return ErrInsufficient
	}
	a.balance -= amount
	return nil
}
