// Rejected: wrong-result
// Feedback: A seat that was free at first and then went to somebody else is told last,
// also when it was asked for first.

package boxoffice

import (
	"errors"
	"fmt"
	"sync"
)

// An Office sells the seats of one performance. Each performance has its own.
type Office struct {
	mu      sync.Mutex
	holders [][]string
	sold    int
}

// ErrSold means that somebody else has the seat.
var ErrSold = errors.New("the seat is sold")

// A Seat is a place in the theatre. Rows and numbers count from 0.
type Seat struct {
	Row, Number int
}

// New returns the office of a theatre in which no seat is sold yet.
func New(rows, seatsPerRow int) *Office {
	o := &Office{holders: make([][]string, rows)}
	for row := range o.holders {
		o.holders[row] = make([]string, seatsPerRow)
	}
	return o
}

// SellGroup sells a customer those of the seats that are free, and returns the
// others, in the order in which they were asked for.
func (o *Office) SellGroup(seats []Seat, customer string) (refused []Seat) {
	var free []Seat
	func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		for _, seat := range seats {
			if o.holders[seat.Row][seat.Number] != "" {
				refused = append(refused, seat)
			} else {
				free = append(free, seat)
			}
		}
	}()
	for _, seat := range free {
		if o.Sell(seat, customer) != nil {
			refused = append(refused, seat)
		}
	}
	return refused
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
