// Accepted: the number of free seats is kept beside the seats, in a struct that travels through
// a channel, and no method needs another.

package boxoffice

import (
	"errors"
	"fmt"
)

// ErrSoldOut says that fewer seats are free than were asked for.
var ErrSoldOut = errors.New("boxoffice: not enough seats left")

// Office is the box office. Several clerks work with it at the same time.
type Office struct {
	hall chan hall // has room for one, and holds it while nobody works on it
}

type hall struct {
	seats []string // who sits in each seat; "" is a free one
	free  int      // how many of them are free
}

// Open opens the box office for a hall with so many seats, all free.
func Open(seats int) *Office {
	o := &Office{hall: make(chan hall, 1)}
	o.hall <- hall{seats: make([]string, seats), free: seats}
	return o
}

// peek returns the two counts as they are at one moment.
func (o *Office) peek() (sold, free int) {
	h := <-o.hall
	o.hall <- h
	return len(h.seats) - h.free, h.free
}

// Sold is how many seats are taken.
func (o *Office) Sold() int {
	sold, _ := o.peek()
	return sold
}

// Free is how many seats can still be had.
func (o *Office) Free() int {
	_, free := o.peek()
	return free
}

// Board is the text above the entrance.
func (o *Office) Board() string {
	sold, free := o.peek()
	return fmt.Sprintf("%d sold, %d free", sold, free)
}

// Book sells n seats to name, or none.
func (o *Office) Book(name string, n int) ([]int, error) {
	h := <-o.hall
	defer func() { o.hall <- h }()
	if h.free < n {
		return nil, ErrSoldOut
	}
	var numbers []int
	for number := 0; len(numbers) < n; number++ {
		if h.seats[number] == "" {
			h.seats[number] = name
			numbers = append(numbers, number)
		}
	}
	h.free -= n
	return numbers, nil
}

// Return takes all of name's seats back.
func (o *Office) Return(name string) int {
	h := <-o.hall
	defer func() { o.hall <- h }()
	returned := 0
	for number := range h.seats {
		if h.seats[number] == name {
			h.seats[number] = ""
			returned++
		}
	}
	h.free += returned
	return returned
}

// Close closes the box office and returns the seating plan.
func (o *Office) Close() []string { return (<-o.hall).seats }
