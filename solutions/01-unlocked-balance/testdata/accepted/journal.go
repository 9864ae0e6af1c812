// Accepted: every payment is an entry in a journal under an RWMutex; the balance is their sum.

package bank

import "sync"

// Account is one account.
type Account struct {
	mu      sync.RWMutex
	journal []int // what was paid in, and as negative amounts what was paid out
}

// Open opens an account with a first deposit.
func Open(cents int) *Account {
	return &Account{journal: []int{cents}}
}

// Deposit pays cents in.
func (a *Account) Deposit(cents int) {
	a.mu.Lock()
	a.journal = append(a.journal, cents)
	a.mu.Unlock()
}

// Withdraw pays cents out.
func (a *Account) Withdraw(cents int) { a.Deposit(-cents) }

// Balance is what is in the account at some moment during the call.
func (a *Account) Balance() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	sum := 0
	for _, cents := range a.journal {
		sum += cents
	}
	return sum
}

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
