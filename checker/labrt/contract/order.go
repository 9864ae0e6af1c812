package contract

import "racelab/checker/labrt/sched"

// In a sequential run the calls are made one after the other, in a given order. A
// call whose callback waits, or that blocks, lets the next begin.

// A turn is what a thread waits for in a sequential run. Several goroutines of one
// call may wait inside its callbacks: the first to come is the first to go on.
type turn struct {
	first, last *waiter
}

type waiter struct {
	g    *sched.G
	next *waiter
}

// await waits until the order says that it is the thread's turn.
//
//go:norace
func (r *Run) await(thread int) {
	if !r.inOrder {
		return
	}
	t, w := &r.turns[thread], &waiter{g: sched.Self()}
	if t.first == nil {
		t.first = w
	} else {
		t.last.next = w
	}
	t.last = w
	sched.Suspend()
}

// conduct lets one thread go on after the other, each time as far as it gets.
//
//go:norace
func (r *Run) conduct() {
	for n := 0; ; n++ {
		sched.Rest(nil, 1)
		var ready []int
		for i := range r.turns {
			if r.turns[i].first != nil {
				ready = append(ready, i)
			}
		}
		if len(ready) == 0 {
			return
		}
		next := ready[0]
		if n < len(r.order) {
			next = r.order[n]
		}
		r.choices, r.chosen = append(r.choices, ready), append(r.chosen, next)
		t := &r.turns[next]
		if t.first == nil {
			return // the order does not fit
		}
		g := t.first.g
		t.first = t.first.next
		sched.Resume(g)
	}
}
