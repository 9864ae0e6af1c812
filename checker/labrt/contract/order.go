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

// Between is called where one of the calls that belong together has returned, and by
// Op.Steps, where other calls may come in between.
func (c *Call) Between() {
	if c.thread < len(c.run.turns) {
		c.run.returns[c.thread].Add(1)
		c.run.await(c.thread)
	}
}

// Any is called by Op.Steps, and returns each of the numbers below n in one of the
// runs: the steps may be in any order.
//
//go:norace
func (c *Call) Any(n int) int {
	r := c.run
	if !r.inOrder || c.thread >= len(r.turns) || n < 2 {
		return 0
	}
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return r.choose(all)
}

// choose makes the next choice of the order, and beyond its end the first.
//
//go:norace
func (r *Run) choose(among []int) int {
	next := among[0]
	if n := len(r.chosen); n < len(r.order) {
		next = r.order[n]
	}
	r.choices, r.chosen = append(r.choices, among), append(r.chosen, next)
	return next
}

// conduct lets one thread go on after the other, each time as far as it gets.
//
//go:norace
func (r *Run) conduct() {
	for {
		sched.Rest(nil, 1)
		var ready []int
		for i := range r.turns {
			if r.turns[i].first != nil {
				ready = append(ready, i)
			}
		}
		if len(ready) == 0 {
			if left := r.resting(); left > 0 {
				sched.Rest(nil, left)
				continue
			}
			return
		}
		t := &r.turns[r.choose(ready)]
		if t.first == nil {
			return // the order does not fit
		}
		g := t.first.g
		t.first = t.first.next
		sched.Resume(g)
	}
}
