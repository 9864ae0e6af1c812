// Rejected: wrong-result
// Feedback: A customer is refused because somebody else is drawing, although the account covers both.

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
	drawing sync.Mutex
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
	// Only one draw at a time can be decided.
	if !a.drawing.TryLock() {
		return ErrInsufficient
	}
	defer a.drawing.Unlock()
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
