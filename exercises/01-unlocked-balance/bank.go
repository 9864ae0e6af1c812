// Package bank keeps the accounts of a small savings bank. Amounts are in cents, any int of them.
package bank

import "sync"

// Account is one account. It may be overdrawn.
type Account struct {
	balance int
}

// Open opens an account with a first deposit.
func Open(cents int) *Account {
	return &Account{balance: cents}
}

// Deposit pays cents in. The balance shows them as soon as Deposit returns.
func (a *Account) Deposit(cents int) {
	a.balance += cents
}

// Withdraw pays cents out. The balance lacks them as soon as Withdraw returns.
func (a *Account) Withdraw(cents int) {
	a.balance -= cents
}

// Balance is what is in the account at some moment during the call.
func (a *Account) Balance() int {
	return a.balance
}

// Close closes the account and returns the last balance. It is the last call
// that an account gets: by then every other one has returned.
func (a *Account) Close() int {
	return a.balance
}

// A Customer stands at a counter and does business with the account, as long
// and as often as they like.
type Customer func(*Account)

// Serve opens one counter for each queue. The customers of one queue come one after
// the other; the counters work all at the same time, so that a customer may wait for one at
// another counter. It returns when everybody has left, and leaves the queues as they were.
func (a *Account) Serve(queues ...[]Customer) {
	var counters sync.WaitGroup
	for _, queue := range queues {
		counters.Go(func() {
			for _, customer := range queue {
				customer(a)
			}
		})
	}
	counters.Wait()
}
