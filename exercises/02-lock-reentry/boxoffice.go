// Package boxoffice sells the seats for one evening at a theatre.
package boxoffice

import (
	"errors"
	"fmt"
	"sync"
)

// ErrSoldOut says that fewer seats are free than were asked for.
var ErrSoldOut = errors.New("boxoffice: not enough seats left")

// Office is the box office. Several clerks work with it at the same time.
type Office struct {
	mu    sync.Mutex // guards seats
	seats []string   // who sits in each seat; "" is a free one
}

// Open opens the box office for a hall with so many seats, all free. The seats
// are numbered from 0.
func Open(seats int) *Office {
	return &Office{seats: make([]string, seats)}
}

// Sold is how many seats are taken.
func (o *Office) Sold() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	sold := 0
	for _, name := range o.seats {
		if name != "" {
			sold++
		}
	}
	return sold
}

// Free is how many seats can still be had.
func (o *Office) Free() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.seats) - o.Sold()
}

// Board is the text above the entrance, such as "3 sold, 2 free". The two
// numbers belong together: they are those of one moment.
func (o *Office) Board() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return fmt.Sprintf("%d sold, %d free", o.Sold(), o.Free())
}

// Book sells n seats to name, the free ones with the lowest numbers, and
// returns their numbers in a list that is the caller's. Where fewer than n are
// free, it sells none and returns ErrSoldOut.
func (o *Office) Book(name string, n int) ([]int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.Free() < n {
		return nil, ErrSoldOut
	}
	var numbers []int
	for number := range o.seats {
		if len(numbers) < n && o.seats[number] == "" {
			o.seats[number] = name
			numbers = append(numbers, number)
		}
	}
	return numbers, nil
}

// Return takes all of name's seats back and returns how many there were.
func (o *Office) Return(name string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	returned := 0
	for number := range o.seats {
		if o.seats[number] == name {
			o.seats[number] = ""
			returned++
		}
	}
	return returned
}

// Close closes the box office and returns the seating plan for the ushers. It
// is the last call that an office gets: by then every other one has returned.
func (o *Office) Close() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.seats
}
