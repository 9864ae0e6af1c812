// Rejected: wrong-result
// Feedback: Load and Add are atomic each for itself; a draw needs both as one step, and between them another draw sees the same balance.

package account

import (
	"errors"
	"fmt"
	"sync/atomic"
)

// ErrInsufficient is returned by Draw when the balance does not cover the amount.
var ErrInsufficient = errors.New("insufficient funds")

// An Account is a joint account. Amounts are in whole euros and positive.
type Account struct {
	balance atomic.Int64
}

// New opens an account.
func New(opening int) *Account {
	a := new(Account)
	a.balance.Store(int64(opening))
	return a
}

// Balance returns what is in the account.
func (a *Account) Balance() int {
	return int(a.balance.Load())
}

// Deposit pays amount in.
func (a *Account) Deposit(amount int) {
	a.balance.Add(int64(amount))
}

// Draw pays amount out at a cash machine.
func (a *Account) Draw(amount int, dispense func(amount int) error) error {
	if a.balance.Load() < int64(amount) {
		return ErrInsufficient
	}
	if err := dispense(amount); err != nil {
		return fmt.Errorf("drawing %d: %w", amount, err)
	}
	a.balance.Add(-int64(amount))
	return nil
}
