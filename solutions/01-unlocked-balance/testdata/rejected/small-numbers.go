// Rejected: wrong-result
// Feedback: Add is one step now, but an int32 has no room for more than about 21 million euros in
// cents; the account must hold whatever fits into the int that is paid in.

package bank

import (
	"sync"
	"sync/atomic"
)

// Account is one account.
type Account struct {
	balance atomic.Int32
}

// Open opens an account with a first deposit.
func Open(cents int) *Account {
	a := &Account{}
	a.balance.Store(int32(cents))
	return a
}

// Deposit pays cents in.
func (a *Account) Deposit(cents int) { a.balance.Add(int32(cents)) }

// Withdraw pays cents out.
func (a *Account) Withdraw(cents int) { a.balance.Add(-int32(cents)) }

// Balance is what is in the account at some moment during the call.
func (a *Account) Balance() int { return int(a.balance.Load()) }

// Close closes the account and returns the last balance.
func (a *Account) Close() int { return a.Balance() }

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
