// Package sctbench has the bugs of the set CS of SCTBench (Thomson, Donaldson and
// Betts, PPoPP 2014) in Go, with atomics where the original's variables are plain:
// it is their order that shows the bug, not the race.
package sctbench

import (
	"sync"
	"sync/atomic"
)

// An Account is checked against a sum that is wrong once both amounts are booked.
type Account struct {
	mu                   sync.Mutex
	balance              int
	deposited, withdrawn bool
}

// Deposit books 1 and Withdraw 2, of 10.
func (a *Account) Deposit() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance++
	a.deposited = true
}

// Withdraw books -2.
func (a *Account) Withdraw() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance -= 2
	a.withdrawn = true
}

// Wrong reports whether both are booked and the sum is not what the check expects.
func (a *Account) Wrong() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.deposited && a.withdrawn && a.balance != -1-2
}

// A Driver counts requests, and must not be stopped while there is one. (The Windows
// Bluetooth driver of Qadeer and Wu, PLDI 2004.)
type Driver struct {
	stopping, stopped, event atomic.Bool
	pending                  atomic.Int32
}

// NewDriver returns one that is not stopped.
func NewDriver() *Driver {
	d := &Driver{}
	d.pending.Store(1)
	return d
}

func (d *Driver) enter() bool {
	if d.stopping.Load() {
		return false
	}
	d.pending.Add(1)
	return true
}

func (d *Driver) leave() {
	if d.pending.Add(-1) == 0 {
		d.event.Store(true)
	}
}

// Request reports whether it was served by a driver that is stopped.
func (d *Driver) Request() (late bool) {
	if d.enter() {
		late = d.stopped.Load()
	}
	d.leave()
	return late
}

// Stop stops the driver when there are no requests.
func (d *Driver) Stop() {
	d.stopping.Store(true)
	d.leave()
	if d.event.Load() {
		d.stopped.Store(true)
	}
}

// Classes share a resource: the first of a class takes it, the last gives it back.
type Classes struct {
	mu, resource sync.Mutex
	in           [2]int
}

// Visit is a visit by one of a class.
func (c *Classes) Visit(class int) {
	c.mu.Lock()
	if c.in[class]++; c.in[class] == 1 {
		c.resource.Lock()
	}
	c.mu.Unlock()

	c.mu.Lock()
	if c.in[class]--; c.in[class] == 0 {
		c.resource.Unlock()
	}
	c.mu.Unlock()
}

// A Buffer is a ring whose reader wraps one place too early.
type Buffer struct {
	mu          sync.Mutex
	places      [8]int
	first, next int
	full        bool
}

// Fill puts seven values in.
func (b *Buffer) Fill() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range 7 {
		b.places[b.next] = i
		b.next = (b.next + 1) % 8
	}
	b.full = true
}

// Drain takes them out when they are there, and reports whether they are wrong.
func (b *Buffer) Drain() (wrong bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := 0; b.full && i < 7; i++ {
		wrong = wrong || b.places[b.first] != i
		b.first = (b.first + 1) % 6
	}
	return wrong
}

// Locks are two locks, taken in both orders.
type Locks struct{ a, b sync.Mutex }

// Up takes a and b, Down b and a.
func (l *Locks) Up() { both(&l.a, &l.b) }

// Down takes b and a.
func (l *Locks) Down() { both(&l.b, &l.a) }

func both(a, b *sync.Mutex) {
	a.Lock()
	b.Lock()
	b.Unlock()
	a.Unlock()
}

// A Sum must not reach 3.
type Sum struct {
	mu sync.Mutex
	n  int
}

// Add adds n, and returns the sum.
func (s *Sum) Add(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n += n
	return s.n
}

// A Queue passes values on one by one; its reader compares the wrong ones.
type Queue struct {
	mu     sync.Mutex
	values []int
	turn   bool // of the reader
}

// Put puts n values in, each when the one before was taken.
func (q *Queue) Put(n int) {
	for i := range n {
		q.mu.Lock()
		if !q.turn {
			q.values, q.turn = append(q.values, i), true
		}
		q.mu.Unlock()
	}
}

// Get takes what is there in n tries, and reports whether it is wrong.
func (q *Queue) Get(n int) (wrong bool) {
	for i := range n {
		q.mu.Lock()
		if q.turn {
			wrong = wrong || q.values[len(q.values)-1] == i
			q.turn = false
		}
		q.mu.Unlock()
	}
	return wrong
}

// A Stack has a flag that it was pushed once, and none that it is empty.
type Stack struct {
	mu     sync.Mutex
	n      int
	pushed bool
}

// Push pushes n values.
func (s *Stack) Push(n int) {
	for range n {
		s.mu.Lock()
		s.n++
		s.pushed = true
		s.mu.Unlock()
	}
}

// Pop pops n values and reports whether there was one missing.
func (s *Stack) Pop(n int) (missing bool) {
	for range n {
		s.mu.Lock()
		if s.pushed {
			missing = missing || s.n == 0
			s.n--
		}
		s.mu.Unlock()
	}
	return missing
}

// A Ring passes a token on, three times.
type Ring struct {
	mu     sync.Mutex
	x      [3]int
	passed [3]bool
}

// NewRing returns a ring in its first state.
func NewRing() *Ring { return &Ring{x: [3]int{1, 2, 1}} }

// Pass is what one of the three does.
func (r *Ring) Pass(i int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i == 0 {
		r.x[0] = (r.x[2] + 1) % 4
	} else {
		r.x[i] = r.x[i-1]
	}
	r.passed[i] = true
}

// Torn reports whether all have passed it on and do not agree.
func (r *Ring) Torn() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.passed == [3]bool{true, true, true} && (r.x[0] != r.x[1] || r.x[1] != r.x[2])
}

// A Number is changed with two different locks.
type Number struct {
	right, wrong sync.Mutex
	n            atomic.Int32
}

// Step counts with the right lock, and reports whether another was there too.
func (n *Number) Step() bool {
	n.right.Lock()
	defer n.right.Unlock()
	before := n.n.Load()
	n.n.Add(1)
	return n.n.Load() != before+1
}

// Jump counts with the wrong lock.
func (n *Number) Jump() {
	n.wrong.Lock()
	n.n.Add(1)
	n.wrong.Unlock()
}

// A Pair is 0 and 0, then 1 and -1.
type Pair struct{ a, b atomic.Int32 }

// Put puts 1 and -1.
func (p *Pair) Put() {
	p.a.Store(1)
	p.b.Store(-1)
}

// Half reports whether half of the pair is there.
func (p *Pair) Half() bool {
	return (p.a.Load() != 0 || p.b.Load() != 0) && (p.a.Load() != 1 || p.b.Load() != -1)
}

// Stages are two values, each with a lock of its own.
type Stages struct {
	one, two      sync.Mutex
	first, second int
}

// Put sets the first, then the second.
func (s *Stages) Put() {
	s.one.Lock()
	s.first = 1
	s.one.Unlock()
	s.two.Lock()
	s.second = 2
	s.two.Unlock()
}

// Half reports whether the first is set and the second is not.
func (s *Stages) Half() bool {
	s.one.Lock()
	first := s.first
	s.one.Unlock()
	if first == 0 {
		return false
	}
	s.two.Lock()
	defer s.two.Unlock()
	return s.second != first+1
}
