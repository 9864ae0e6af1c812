// Rejected: deadlock
// Feedback: All accounts share the condition variable, and a Signal may wake a customer of another account, who goes back to sleep.

package account

import (
	"errors"
	"fmt"
	"sync"
)

// ErrInsufficient is returned by Draw when the balance does not cover the amount.
var ErrInsufficient = errors.New("insufficient funds")

var (
	mu      sync.Mutex
	outcome = sync.NewCond(&mu) // a machine is done, or somebody paid in
)

// An Account is a joint account. Amounts are in whole euros and positive. All of it is
// guarded by mu.
type Account struct {
	balance  int // what machines count is not in it
	counting int // machines that count notes
	waiting  int // draws that wait for an outcome
}

// New opens an account, with money of its own.
func New(opening int) *Account {
	return &Account{balance: opening}
}

// Balance returns what is in the account.
func (a *Account) Balance() int {
	mu.Lock()
	defer mu.Unlock()
	return a.balance
}

// Deposit pays amount in.
func (a *Account) Deposit(amount int) {
	mu.Lock()
	defer mu.Unlock()
	a.balance += amount
	a.wake()
}

// wake wakes those who wait.
func (a *Account) wake() {
	for range a.waiting {
		outcome.Signal()
	}
}

// Draw pays amount out at a cash machine. While a machine counts, whose notes may be
// jammed, it waits for the outcome.
func (a *Account) Draw(amount int, dispense func(amount int) error) error {
	mu.Lock()
	defer mu.Unlock()
	for a.balance < amount && a.counting > 0 {
		a.waiting++
		outcome.Wait()
		a.waiting--
	}
	if a.balance < amount {
		return ErrInsufficient
	}
	a.balance -= amount
	a.counting++
	mu.Unlock()
	err := dispense(amount)
	mu.Lock()
	a.counting--
	defer a.wake()
	if err != nil {
		a.balance += amount
		return fmt.Errorf("drawing %d: %w", amount, err)
	}
	return nil
}
