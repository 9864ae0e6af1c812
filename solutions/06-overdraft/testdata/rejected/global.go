// Rejected: wrong-result
// Feedback: The balance and its lock are variables of the package now, so all accounts share one balance; each needs its own.

package account

import (
	"errors"
	"fmt"
	"sync"
)

// ErrInsufficient is returned by Draw when the balance does not cover the amount.
var ErrInsufficient = errors.New("insufficient funds")

// An Account is a joint account. Amounts are in whole euros and positive.
type Account struct{}

var (
	mu      sync.Mutex
	balance int // guarded by mu
)

// New opens an account.
func New(opening int) *Account {
	mu.Lock()
	defer mu.Unlock()
	balance = opening
	return &Account{}
}

// Balance returns what is in the account.
func (a *Account) Balance() int {
	mu.Lock()
	defer mu.Unlock()
	return balance
}

// Deposit pays amount in.
func (a *Account) Deposit(amount int) {
	mu.Lock()
	defer mu.Unlock()
	balance += amount
}

// Draw pays amount out at a cash machine. The machine's dispense counts the
// notes and hands them over, which takes its time.
//
// When the balance does not cover the amount, Draw returns ErrInsufficient and
// does not call dispense. An error of dispense means that the customer got
// nothing: Draw returns that error, and the account has lost nothing.
func (a *Account) Draw(amount int, dispense func(amount int) error) error {
	if err := a.take(amount); err != nil {
		return err
	}
	if err := dispense(amount); err != nil {
		a.Deposit(amount)
		return fmt.Errorf("drawing %d: %w", amount, err)
	}
	return nil
}

// take pays amount out if the balance covers it.
func (a *Account) take(amount int) error {
	mu.Lock()
	defer mu.Unlock()
	if balance < amount {
		return ErrInsufficient
	}
	balance -= amount
	return nil
}
