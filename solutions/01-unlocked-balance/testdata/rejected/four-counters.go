// Rejected: deadlock
// Feedback: A pool of counters serves only as many queues at the same time as it has; where all its
// customers wait for one more, that one is never served, so give every queue a counter of its own.

package bank

import "sync"

// Account is one account. It may be overdrawn. Its methods may be called from
// several goroutines at the same time.
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
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += cents
}

// Withdraw pays cents out. The balance lacks them as soon as Withdraw returns.
func (a *Account) Withdraw(cents int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance -= cents
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

// A Customer stands at a counter and does business with the account, as long
// and as often as they like.
type Customer func(*Account)

// Serve opens one counter for each queue. The customers of one queue come one
// after the other; the counters work all at the same time, so that a customer
// may wait for one at another counter. Serve returns when everybody has left.
func (a *Account) Serve(queues ...[]Customer) {
	var everybody sync.WaitGroup
	counters := make(chan []Customer)
	for range min(len(queues), 4) {
		everybody.Go(func() {
			for queue := range counters {
				for _, customer := range queue {
					customer(a)
				}
			}
		})
	}
	for _, queue := range queues {
		counters <- queue
	}
	close(counters)
	everybody.Wait()
}
