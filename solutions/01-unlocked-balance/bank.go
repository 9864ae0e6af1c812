// Package bank keeps the accounts of a small savings bank. Amounts are in cents, any int of them.
package bank

import "sync"

// Account is one account. It may be overdrawn. Its methods may be called from
// several goroutines at the same time.
type Account struct {
	// mu guards balance. It is a field, not embedded, so that Lock and Unlock
	// do not become part of what the package offers.
	mu      sync.Mutex
	balance int
}

// Open opens an account with a first deposit.
func Open(cents int) *Account {
	// Nobody else has the account yet, so this write needs no lock.
	return &Account{balance: cents}
}

// Deposit pays cents in. The balance shows them as soon as Deposit returns.
func (a *Account) Deposit(cents int) {
	// += is a read, an addition and a write. The lock is held over all three:
	// between the read and the write, nobody else may change the balance.
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += cents
}

// Withdraw pays cents out. The balance lacks them as soon as Withdraw returns.
func (a *Account) Withdraw(cents int) {
	// The same mutex as in Deposit: two different ones would exclude nobody.
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance -= cents
}

// Balance is what is in the account at some moment during the call.
func (a *Account) Balance() int {
	// A read needs the lock as well. Without it, nothing orders the read after
	// the last write, and the memory model promises nothing about what it sees.
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

// Serve opens one counter for each queue. The customers of one queue come one after
// the other; the counters work all at the same time, so that a customer may wait for one at
// another counter. It returns when everybody has left, and leaves the queues as they were.
func (a *Account) Serve(queues ...[]Customer) {
	// No lock here: a counter that held it while its customer waits for one at
	// another counter would keep that one from ever getting to the account.
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
