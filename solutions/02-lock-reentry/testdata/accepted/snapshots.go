// Accepted: no lock at all: a plan never changes; a sale makes a new one and swaps it in, unless
// somebody was faster.

package boxoffice

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
)

// ErrSoldOut says that fewer seats are free than were asked for.
var ErrSoldOut = errors.New("boxoffice: not enough seats left")

// Office is the box office. Several clerks work with it at the same time.
type Office struct {
	plan atomic.Pointer[plan] // never nil; what it points to never changes
}

// Open opens the box office for a hall with so many seats, all free.
func Open(seats int) *Office {
	o := &Office{}
	empty := make(plan, seats)
	o.plan.Store(&empty)
	return o
}

// change replaces the plan by one with the change, which may run several times.
func (o *Office) change(change func(plan) error) error {
	for {
		old := o.plan.Load()
		next := slices.Clone(*old)
		if err := change(next); err != nil {
			return err
		}
		if o.plan.CompareAndSwap(old, &next) {
			return nil
		}
	}
}

// Sold is how many seats are taken.
func (o *Office) Sold() int { return o.plan.Load().sold() }

// Free is how many seats can still be had.
func (o *Office) Free() int { return o.plan.Load().free() }

// Board is the text above the entrance.
func (o *Office) Board() string { return o.plan.Load().board() }

// Book sells n seats to name, or none.
func (o *Office) Book(name string, n int) (numbers []int, err error) {
	err = o.change(func(p plan) (err error) {
		numbers, err = p.book(name, n)
		return err
	})
	return numbers, err
}

// Return takes all of name's seats back.
func (o *Office) Return(name string) (returned int) {
	_ = o.change(func(p plan) error { // cannot fail
		returned = p.giveBack(name)
		return nil
	})
	return returned
}

// Close closes the box office and returns the seating plan.
func (o *Office) Close() []string { return *o.plan.Load() }

// plan is who sits in each seat; "" is a free one. It knows nothing of locks.
type plan []string

func (p plan) sold() int {
	sold := 0
	for _, name := range p {
		if name != "" {
			sold++
		}
	}
	return sold
}

func (p plan) free() int { return len(p) - p.sold() }

func (p plan) board() string {
	return fmt.Sprintf("%d sold, %d free", p.sold(), p.free())
}

func (p plan) book(name string, n int) ([]int, error) {
	if p.free() < n {
		return nil, ErrSoldOut
	}
	var numbers []int
	for number := range p {
		if len(numbers) < n && p[number] == "" {
			p[number] = name
			numbers = append(numbers, number)
		}
	}
	return numbers, nil
}

func (p plan) giveBack(name string) int {
	returned := 0
	for number := range p {
		if p[number] == name {
			p[number] = ""
			returned++
		}
	}
	return returned
}
