// Rejected: wrong-result
// Feedback: When a group asks for a seat that is not there, you sell it nothing, and do not tell it so: it is not told of the free seats, and does not have them.

package boxoffice

import (
	"errors"
	"fmt"
	"slices"
	"sync"
)

// ErrSold means that somebody else has the seat.
var ErrSold = errors.New("the seat is sold")

// A Seat is a place in the theatre. Rows and numbers count from 0.
type Seat struct {
	Row, Number int
}

// An Office sells the seats of one performance. Each performance has its own.
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

// missing reports whether the theatre does not have the seat.
func (o *Office) missing(seat Seat) bool {
	return seat.Row < 0 || seat.Row >= len(o.holders) || seat.Number < 0 || seat.Number >= len(o.holders[seat.Row])
}

// Sell sells a free seat to a customer, or returns an error that wraps ErrSold.
func (o *Office) Sell(seat Seat, customer string) error {
	if o.missing(seat) {
		return fmt.Errorf("row %d, number %d: no such seat", seat.Row, seat.Number)
	}
	if len(o.SellGroup([]Seat{seat}, customer)) > 0 {
		return fmt.Errorf("row %d, number %d: %w", seat.Row, seat.Number, ErrSold)
	}
	return nil
}

// SellGroup sells a customer those of the seats that are free, and returns the
// others, in the order in which they were asked for. An order for seats that are not
// there is not carried out.
func (o *Office) SellGroup(seats []Seat, customer string) (refused []Seat) {
	invalid := slices.ContainsFunc(seats, o.missing)
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, seat := range seats {
		switch {
		case o.missing(seat) || o.holders[seat.Row][seat.Number] != "":
			refused = append(refused, seat)
		case !invalid:
			o.holders[seat.Row][seat.Number] = customer
			o.sold++
		}
	}
	return refused
}

// Holder returns who has a seat, "" if it is free.
func (o *Office) Holder(seat Seat) string {
	if o.missing(seat) {
		return ""
	}
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
