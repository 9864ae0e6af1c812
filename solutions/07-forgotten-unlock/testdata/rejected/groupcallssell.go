// Rejected: deadlock
// Feedback: SellGroup holds the lock while it calls Sell, which takes the same lock: a sync.Mutex is no RLock.

package boxoffice

import (
	"errors"
	"fmt"
	"sync"
)

// ErrSold means that somebody else has the seat.
var ErrSold = errors.New("the seat is sold")

// A Seat is a place in the theatre. Rows and numbers count from 0.
type Seat struct {
	Row, Number int
}

// An Office sells the seats of one performance.
type Office struct {
	mu      sync.Mutex
	holders [][]string // who has the seat, by row and number; "" while it is free
	sold    int        // how many seats have a holder
}

// New returns the office of a theatre in which no seat is sold yet.
func New(rows, seatsPerRow int) *Office {
	o := &Office{holders: make([][]string, rows)}
	for row := range o.holders {
		o.holders[row] = make([]string, seatsPerRow)
	}
	return o
}

// Sell sells a free seat to a customer, or returns an error that wraps ErrSold.
func (o *Office) Sell(seat Seat, customer string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.holders[seat.Row][seat.Number] != "" {
		return fmt.Errorf("row %d, number %d: %w", seat.Row, seat.Number, ErrSold)
	}
	o.holders[seat.Row][seat.Number] = customer
	o.sold++
	return nil
}

// SellGroup sells a customer those of the seats that are free, and returns the
// others, in the order in which they were asked for.
func (o *Office) SellGroup(seats []Seat, customer string) (refused []Seat) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, seat := range seats {
		if err := o.Sell(seat, customer); err != nil {
			refused = append(refused, seat)
		}
	}
	return refused
}

// Holder returns who has a seat, "" if it is free.
func (o *Office) Holder(seat Seat) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.holders[seat.Row][seat.Number]
}

// Sold returns how many seats are sold.
func (o *Office) Sold() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sold
}
