// Rejected: wrong-result
// Feedback: After a jam the balance of some time ago is written back, and what others drew or paid in since then is forgotten.

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
	a.book(amount)
}

// Draw pays amount out at a cash machine.
func (a *Account) Draw(amount int, dispense func(amount int) error) error {
	a.mu.Lock()
	before := a.balance
	if before < amount {
		a.mu.Unlock()
		return ErrInsufficient
	}
	a.balance = before - amount
	a.mu.Unlock()

	if err := dispense(amount); err != nil {
		a.mu.Lock()
		a.balance = before
		a.mu.Unlock()
		return fmt.Errorf("drawing %d: %w", amount, err)
	}
	return nil
}

// book adds amount, which may be negative, to the balance.
func (a *Account) book(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}
