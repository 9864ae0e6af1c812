// Rejected: wrong-result
// Feedback: Each total is read in one step, but Balance reads two of them, and money that is
// paid in and out between the two reads gives a balance that the account never had.

package bank

import (
	"sync"
	"sync/atomic"
)

// Account is one account. It may be overdrawn.
type Account struct {
	first   int          // never changes
	in, out atomic.Int64 // all that was ever paid in and out
}

// Open opens an account with a first deposit.
func Open(cents int) *Account {
	return &Account{first: cents}
}

// Deposit pays cents in. The balance shows them as soon as Deposit returns.
func (a *Account) Deposit(cents int) {
	a.in.Add(int64(cents))
}

// Withdraw pays cents out. The balance lacks them as soon as Withdraw returns.
func (a *Account) Withdraw(cents int) {
	a.out.Add(int64(cents))
}

// Balance is what is in the account at some moment during the call.
func (a *Account) Balance() int {
	return a.first + int(a.in.Load()-a.out.Load())
}

// Close closes the account and returns the last balance. It is the last call
// that an account gets: by then every other one has returned.
func (a *Account) Close() int {
	return a.Balance()
}

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
