// Rejected: wrong-result
// Feedback: One outcome may bring the money of several who wait; you wake one of them, and the others wait until his notes are counted.

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
	mu       sync.Mutex
	outcome  *sync.Cond // a machine is done, or somebody paid in
	balance  int        // what machines count is not in it
	counting int        // machines that count notes
}

// New opens an account, with money of its own.
func New(opening int) *Account {
	a := &Account{balance: opening}
	a.outcome = sync.NewCond(&a.mu)
	return a
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
	a.outcome.Broadcast()
}

// Draw pays amount out at a cash machine. While a machine counts, whose notes may be
// jammed, it waits for the outcome; whoever is done wakes the next.
func (a *Account) Draw(amount int, dispense func(amount int) error) error {
	if !a.reserve(amount) {
		a.outcome.Signal()
		return ErrInsufficient
	}
	err := dispense(amount)
	a.mu.Lock()
	a.counting--
	if err != nil {
		a.balance += amount
	}
	a.mu.Unlock()
	a.outcome.Signal()
	if err != nil {
		return fmt.Errorf("drawing %d: %w", amount, err)
	}
	return nil
}

func (a *Account) reserve(amount int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.balance < amount && a.counting > 0 {
		a.outcome.Wait()
	}
	if a.balance < amount {
		return false
	}
	a.balance -= amount
	a.counting++
	return true
}
