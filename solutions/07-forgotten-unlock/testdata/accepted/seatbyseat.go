// Accepted: no lock at all; each seat is an atomic pointer that only one customer can fill.

package boxoffice

import (
	"errors"
	"fmt"
	"sync/atomic"
)

// ErrSold means that somebody else has the seat.
var ErrSold = errors.New("the seat is sold")

// A Seat is a place in the theatre. Rows and numbers count from 0.
type Seat struct {
	Row, Number int
}

// An Office sells the seats of one performance.
type Office struct {
	holders [][]atomic.Pointer[string] // who has the seat, by row and number; nil while it is free
}

// New returns the office of a theatre in which no seat is sold yet.
func New(rows, seatsPerRow int) *Office {
	o := &Office{holders: make([][]atomic.Pointer[string], rows)}
	for row := range o.holders {
		o.holders[row] = make([]atomic.Pointer[string], seatsPerRow)
	}
	return o
}

// Sell sells a free seat to a customer, or returns an error that wraps ErrSold.
func (o *Office) Sell(seat Seat, customer string) error {
	if !o.holders[seat.Row][seat.Number].CompareAndSwap(nil, &customer) {
		return fmt.Errorf("row %d, number %d: %w", seat.Row, seat.Number, ErrSold)
	}
	return nil
}

// SellGroup sells a customer those of the seats that are free, and returns the
// others, in the order in which they were asked for.
func (o *Office) SellGroup(seats []Seat, customer string) (refused []Seat) {
	for _, seat := range seats {
		if o.Sell(seat, customer) != nil {
			refused = append(refused, seat)
		}
	}
	return refused
}

// Holder returns who has a seat, "" if it is free.
func (o *Office) Holder(seat Seat) string {
	if customer := o.holders[seat.Row][seat.Number].Load(); customer != nil {
		return *customer
	}
	return ""
}

// Sold returns how many seats are sold.
func (o *Office) Sold() int {
	sold := 0
	for row := range o.holders {
		for number := range o.holders[row] {
			if o.holders[row][number].Load() != nil {
				sold++
			}
		}
	}
	return sold
}
