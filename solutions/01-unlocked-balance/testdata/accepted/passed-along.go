// Accepted: the balance lies in a channel; whoever takes it out has it alone until they put it
// back.

package bank

import "sync"

// Account is one account.
type Account struct {
	// balance has room for one value, and the value is always in it, except
	// while somebody is working on it.
	balance chan int
}

// Open opens an account with a first deposit.
func Open(cents int) *Account {
	a := &Account{balance: make(chan int, 1)}
	a.balance <- cents
	return a
}

// Deposit pays cents in.
func (a *Account) Deposit(cents int) { a.balance <- <-a.balance + cents }

// Withdraw pays cents out.
func (a *Account) Withdraw(cents int) { a.Deposit(-cents) }

// Balance is what is in the account at some moment during the call.
func (a *Account) Balance() int {
	cents := <-a.balance
	a.balance <- cents
	return cents
}

// Close closes the account and returns the last balance.
func (a *Account) Close() int { return <-a.balance }

// A Customer stands at a counter and does business with the account, as long
// and as often as they like.
type Customer func(*Account)

// Serve opens one counter for each queue. The customers of one queue come one
// after the other; the counters work all at the same time, so that a customer
// may wait for one at another counter. Serve returns when everybody has left.
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
