// Rejected: data-race
// Feedback: Nothing says that whoever has the lock has forgotten it; and the lock itself is now replaced while others use it.

package boxoffice

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrSold means that somebody else has the seat.
var ErrSold = errors.New("the seat is sold")

// A Seat is a place in the theatre. Rows and numbers count from 0.
type Seat struct {
	Row, Number int
}

// An Office sells the seats of one performance.
type Office struct {
	mu      *sync.Mutex
	holders [][]string // who has the seat, by row and number; "" while it is free
	sold    int        // how many seats have a holder
}

// New returns the office of a theatre in which no seat is sold yet.
func New(rows, seatsPerRow int) *Office {
	o := &Office{mu: new(sync.Mutex), holders: make([][]string, rows)}
	for row := range o.holders {
		o.holders[row] = make([]string, seatsPerRow)
	}
	return o
}

// Sell sells a free seat to a customer, or returns an error that wraps ErrSold.
func (o *Office) Sell(seat Seat, customer string) error {
	o.lock()
	if o.holders[seat.Row][seat.Number] != "" {
		return fmt.Errorf("row %d, number %d: %w", seat.Row, seat.Number, ErrSold)
	}
	o.holders[seat.Row][seat.Number] = customer
	o.sold++
	o.mu.Unlock()
	return nil
}

// SellGroup sells a customer those of the seats that are free, and returns the
// others, in the order in which they were asked for.
func (o *Office) SellGroup(seats []Seat, customer string) (refused []Seat) {
	for _, seat := range seats {
		o.lock()
		if o.holders[seat.Row][seat.Number] != "" {
			refused = append(refused, seat)
			continue
		}
		o.holders[seat.Row][seat.Number] = customer
		o.sold++
		o.mu.Unlock()
	}
	return refused
}

// Holder returns who has a seat, "" if it is free.
func (o *Office) Holder(seat Seat) string {
	o.lock()
	customer := o.holders[seat.Row][seat.Number]
	o.mu.Unlock()
	return customer
}

// Sold returns how many seats are sold.
func (o *Office) Sold() int {
	o.lock()
	defer o.mu.Unlock()
	return o.sold
}

// lock waits for the lock, but not for ever: when it is still not free after a
// while, whoever had it has forgotten it, and the office gets a new one.
func (o *Office) lock() {
	for range 10 {
		if o.mu.TryLock() {
			return
		}
		time.Sleep(100 * time.Microsecond)
	}
	o.mu = new(sync.Mutex)
	o.mu.Lock()
}
