// Accepted: the balance travels in a channel with one place; who has received it owns it.

package account

import (
	"errors"
)

// ErrInsufficient is returned by Draw when the balance does not cover the amount.
var ErrInsufficient = errors.New("insufficient funds")

// An Account is a joint account. Amounts are in whole euros and positive.
type Account struct {
	purse chan int // holds the balance, unless somebody is changing it
}

// New opens an account.
func New(opening int) *Account {
	a := &Account{purse: make(chan int, 1)}
	a.purse <- opening
	return a
}

// Balance returns what is in the account.
func (a *Account) Balance() int {
	balance := <-a.purse
	a.purse <- balance
	return balance
}

// Deposit pays amount in.
func (a *Account) Deposit(amount int) {
	a.purse <- <-a.purse + amount
}

// Draw pays amount out at a cash machine.
func (a *Account) Draw(amount int, dispense func(amount int) error) error {
	balance := <-a.purse
	if balance < amount {
		a.purse <- balance
		return ErrInsufficient
	}
	a.purse <- balance - amount

	err := dispense(amount)
	if err != nil {
		a.Deposit(amount)
	}
	return err
}
