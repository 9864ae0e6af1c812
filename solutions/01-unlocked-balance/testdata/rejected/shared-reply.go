// Rejected: wrong-result
// Feedback: Two customers who ask at the same time take their answers from one channel:
// one may get the answer that was meant for the other, from before a payment of its own.

package bank

import "sync"

type Account struct {
	changes chan int
	reads   chan struct{}
	reply   chan int
	quit    chan struct{}
}

func Open(cents int) *Account {
	a := &Account{changes: make(chan int), reads: make(chan struct{}), reply: make(chan int, 1), quit: make(chan struct{})}
	go func() {
		b := cents
		for {
			select {
			case c := <-a.changes:
				b += c
			case <-a.reads:
				a.reply <- b
			case <-a.quit:
				return
			}
		}
	}()
	return a
}
func (a *Account) Deposit(cents int)  { a.changes <- cents }
func (a *Account) Withdraw(cents int) { a.changes <- -cents }
func (a *Account) Balance() int       { a.reads <- struct{}{}; return <-a.reply }
func (a *Account) Close() int         { b := a.Balance(); close(a.quit); return b }

// A Customer does business.
type Customer func(*Account)

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
