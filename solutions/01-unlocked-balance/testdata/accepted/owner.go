// Accepted: one goroutine owns the balance; the others send it requests.

package bank

import "sync"

// Account is one account. The balance lives in the goroutine that Open starts
// and Close ends; nobody else ever touches it.
type Account struct {
	changes chan int      // received by the owner, who adds them
	reads   chan chan int // received by the owner, who answers on them
	last    chan int      // the last balance, once changes is closed
}

// Open opens an account with a first deposit.
func Open(cents int) *Account {
	a := &Account{changes: make(chan int), reads: make(chan chan int), last: make(chan int)}
	go a.own(cents)
	return a
}

func (a *Account) own(balance int) {
	for {
		select {
		case cents, open := <-a.changes:
			if !open {
				a.last <- balance
				return
			}
			balance += cents
		case answer := <-a.reads:
			answer <- balance
		}
	}
}

// Deposit pays cents in. The channel has no buffer: when the send is over, the
// owner has the amount, and deals with it before any later request.
func (a *Account) Deposit(cents int) { a.changes <- cents }

// Withdraw pays cents out.
func (a *Account) Withdraw(cents int) { a.changes <- -cents }

// Balance is what is in the account at some moment during the call.
func (a *Account) Balance() int {
	answer := make(chan int)
	a.reads <- answer
	return <-answer
}

// Close closes the account and returns the last balance.
func (a *Account) Close() int {
	close(a.changes)
	return <-a.last
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
