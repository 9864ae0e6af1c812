// Accepted: one goroutine owns the seats and does for the clerks what they hand to it, one thing
// at a time.

package boxoffice

import (
	"errors"
	"fmt"
)

// ErrSoldOut says that fewer seats are free than were asked for.
var ErrSoldOut = errors.New("boxoffice: not enough seats left")

// Office is the box office. Its clerks hand their work to the goroutine that
// Open starts and Close ends, and wait until it is done.
type Office struct {
	work   chan func(plan)
	closed chan plan
}

// Open opens the box office for a hall with so many seats, all free.
func Open(seats int) *Office {
	o := &Office{work: make(chan func(plan)), closed: make(chan plan)}
	go func() {
		p := make(plan, seats)
		for task := range o.work {
			task(p)
		}
		o.closed <- p
	}()
	return o
}

// ask has the owner of the plan answer a question.
func ask[T any](o *Office, question func(plan) T) T {
	answer := make(chan T, 1)
	o.work <- func(p plan) { answer <- question(p) }
	return <-answer
}

// Sold is how many seats are taken.
func (o *Office) Sold() int { return ask(o, plan.sold) }

// Free is how many seats can still be had.
func (o *Office) Free() int { return ask(o, plan.free) }

// Board is the text above the entrance.
func (o *Office) Board() string { return ask(o, plan.board) }

// Book sells n seats to name, or none.
func (o *Office) Book(name string, n int) ([]int, error) {
	numbers := ask(o, func(p plan) []int {
		// The only error there is says that the numbers are missing.
		numbers, _ := p.book(name, n)
		return numbers
	})
	if len(numbers) < n {
		return nil, ErrSoldOut
	}
	return numbers, nil
}

// Return takes all of name's seats back.
func (o *Office) Return(name string) int {
	return ask(o, func(p plan) int { return p.giveBack(name) })
}

// Close closes the box office and returns the seating plan.
func (o *Office) Close() []string {
	close(o.work)
	return <-o.closed
}

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
