// Accepted: the seating plan is a type of its own without any locking, and the office locks once
// around each use of it.

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
	mu   sync.RWMutex
	plan plan // guarded by mu
}

// Open opens the box office for a hall with so many seats, all free.
func Open(seats int) *Office { return &Office{plan: make(plan, seats)} }

// Sold is how many seats are taken.
func (o *Office) Sold() int {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.plan.sold()
}

// Free is how many seats can still be had.
func (o *Office) Free() int {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.plan.free()
}

// Board is the text above the entrance.
func (o *Office) Board() string {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.plan.board()
}

// Book sells n seats to name, or none.
func (o *Office) Book(name string, n int) ([]int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.plan.book(name, n)
}

// Return takes all of name's seats back.
func (o *Office) Return(name string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.plan.giveBack(name)
}

// Close closes the box office and returns the seating plan.
func (o *Office) Close() []string { return o.plan }

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
