// Rejected: wrong-result
// Feedback: The balance is read under the lock and written under the lock, but between the two
// the lock is free, and what another counter writes there is overwritten; hold it from the read
// to the write.

package bank

import "sync"

// Account is one account. It may be overdrawn.
type Account struct {
	mu      sync.Mutex
	balance int
}

// Open opens an account with a first deposit.
func Open(cents int) *Account {
	return &Account{balance: cents}
}

// Deposit pays cents in. The balance shows them as soon as Deposit returns.
func (a *Account) Deposit(cents int) {
	a.set(a.Balance() + cents)
}

// Withdraw pays cents out. The balance lacks them as soon as Withdraw returns.
func (a *Account) Withdraw(cents int) {
	a.set(a.Balance() - cents)
}

// Balance is what is in the account at some moment during the call.
func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// Close closes the account and returns the last balance. It is the last call
// that an account gets: by then every other one has returned.
func (a *Account) Close() int {
	return a.Balance()
}

func (a *Account) set(cents int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance = cents
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
