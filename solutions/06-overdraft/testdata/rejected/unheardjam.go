// Rejected: deadlock
// Feedback: Whoever waits for the outcome of a draw is not told when the machine was jammed.

package account

import (
	"errors"
	"sync"
)

// ErrInsufficient is returned by Draw when the balance does not cover the amount.
var ErrInsufficient = errors.New("insufficient funds")

// An Account is a joint account. Amounts are in whole euros and positive.
type Account struct {
	mu       sync.Mutex
	settled  *sync.Cond // a reservation ended, or money came in
	balance  int
	reserved int // the part of balance for which machines are counting notes
}

// New opens an account.
func New(opening int) *Account {
	a := &Account{balance: opening}
	a.settled = sync.NewCond(&a.mu)
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
	a.settled.Broadcast()
}

// Draw pays amount out at a cash machine.
func (a *Account) Draw(amount int, dispense func(amount int) error) error {
	if err := a.reserve(amount); err != nil {
		return err
	}
	err := dispense(amount)

	a.mu.Lock()
	defer a.mu.Unlock()
	a.reserved -= amount
	if err != nil {
		return err
	}
	a.balance -= amount
	a.settled.Broadcast()
	return nil
}

func (a *Account) reserve(amount int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.balance-a.reserved < amount {
		if a.balance < amount {
			return ErrInsufficient // whatever becomes of the reservations
		}
		a.settled.Wait()
	}
	a.reserved += amount
	return nil
}
