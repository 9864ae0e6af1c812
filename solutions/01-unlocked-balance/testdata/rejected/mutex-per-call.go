// Rejected: data-race
// Feedback: Every call makes a mutex of its own, which nobody else can ever be waiting for; the
// goroutines that share the balance must share the mutex too.

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
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	a.balance += cents
}

// Withdraw pays cents out. The balance lacks them as soon as Withdraw returns.
func (a *Account) Withdraw(cents int) {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	a.balance -= cents
}

// Balance is what is in the account at some moment during the call.
func (a *Account) Balance() int {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
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
