// Rejected: data-race
// Feedback: Deposits and withdrawals lock different mutexes, so a deposit and a withdrawal still
// run at the same time; a mutex excludes only those who take the same one.

package bank

import "sync"

// Account is one account. It may be overdrawn.
type Account struct {
	in      sync.Mutex // held while money comes in
	out     sync.Mutex // held while money goes out
	balance int
}

// Open opens an account with a first deposit.
func Open(cents int) *Account {
	return &Account{balance: cents}
}

// Deposit pays cents in. The balance shows them as soon as Deposit returns.
func (a *Account) Deposit(cents int) {
	a.in.Lock()
	defer a.in.Unlock()
	a.balance += cents
}

// Withdraw pays cents out. The balance lacks them as soon as Withdraw returns.
func (a *Account) Withdraw(cents int) {
	a.out.Lock()
	defer a.out.Unlock()
	a.balance -= cents
}

// Balance is what is in the account at some moment during the call.
func (a *Account) Balance() int {
	a.in.Lock()
	defer a.in.Unlock()
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
