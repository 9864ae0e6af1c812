// Rejected: wrong-result
// Feedback: Now the money is taken before the notes are counted; when the machine is jammed, nobody puts it back.

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
	if err := a.take(amount); err != nil {
		return err
	}
	if err := dispense(amount); err != nil {
		return fmt.Errorf("drawing %d: %w", amount, err)
	}
	return nil
}

func (a *Account) take(amount int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.balance < amount {
		return ErrInsufficient
	}
	a.balance -= amount
	return nil
}

// book adds amount, which may be negative, to the balance.
func (a *Account) book(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}
