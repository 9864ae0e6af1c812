package explore

import "racelab/checker/labrt/wire"

// reverse looks for steps before step number i that it depends on and nothing
// else orders before it; and queues the schedules in which it comes first.
func (w *dporWalk) reverse(i int) {
	e := w.transitions[i]
	var found []int
	for k := i - 1; k >= 0; k-- {
		other := w.transitions[k]
		if other.g == e.g || !dependent(other, e) || exclude(other, e) || w.precedes(k, w.before) {
			continue
		}
		between := false // another of those found: then that one is to be reversed first
		for _, f := range found {
			between = between || w.precedes(k, w.clocks[f])
		}
		if !between {
			found = append(found, k)
		}
	}
	for _, k := range found {
		w.bringBefore(k, i)
	}
}

// precedes reports whether step k is among those of a clock.
func (w *dporWalk) precedes(k int, c clock) bool {
	g := w.transitions[k].g
	return w.clocks[k].at(g) <= c.at(g)
}

// bringBefore queues a schedule in which step i comes before step k. What does
// not need k may come before it as well; each goroutine that may begin with that must
// go at the choice of k in some schedule. (A source set: Abdulla, Aronis, Jonsson and
// Sagonas, POPL 2014.) It is not always known that a goroutine was woken; then all go.
func (w *dporWalk) bringBefore(k, i int) {
	n, rest := w.choicePoints[k], w.without(k, i)
	first := -1
	for nth, at := range rest {
		g := w.transitions[at].g
		if !n.can(g) || !w.initial(rest[:nth], at) {
			continue
		}
		if n.goes(g) {
			return
		}
		if first < 0 {
			first = g
		}
	}
	if first >= 0 {
		c, guide := w.guide(n, rest, first)
		w.of.add(n, first, c, guide)
		return
	}
	for _, a := range n.enabled {
		if !n.goes(a.g) {
			w.of.add(n, a.g, 0, nil)
		}
	}
}

// without are the steps between k and i that do not need k, and i.
func (w *dporWalk) without(k, i int) (rest []int) {
	for j := k + 1; j < i; j++ {
		if !w.precedes(k, w.clocks[j]) {
			rest = append(rest, j)
		}
	}
	return append(rest, i)
}

// initial reports whether none of the steps before must come before step at.
func (w *dporWalk) initial(before []int, at int) bool {
	for _, j := range before {
		if w.precedes(j, w.clocks[at]) {
			return false
		}
	}
	return true
}

// goes reports whether g goes at n in some schedule, and can, whether it could.
func (n *choicePoint) goes(g int) bool {
	for _, b := range n.backtracks {
		if b == g {
			return true
		}
	}
	return false
}

func (n *choicePoint) can(g int) bool {
	for _, a := range n.enabled {
		if a.g == g {
			return true
		}
	}
	return false
}

// guide is the case that first tries at n, and the picks that then lead through
// the rest. They only help: what really happens is in the next trace.
func (w *dporWalk) guide(n *choicePoint, rest []int, first int) (c int, picks wire.Picks) {
	last, steps := first, append([]int{}, n.steps...)
	for nth, at := range rest {
		g, tried := w.transitions[at].g, w.trace.Steps[at].Case
		if nth == 0 && g != first || g >= len(steps) { // new, it may have another number there
			return c, picks
		}
		if nth > 0 && g != last {
			picks = append(picks, wire.Pick{Last: last, Steps: steps[last], To: g})
		}
		steps[g]++
		switch {
		case nth == 0:
			c = tried
		case tried > 0:
			picks = append(picks, wire.Pick{Last: g, Steps: steps[g], Case: true, To: tried})
		}
		last = g
	}
	return c, picks
}

// otherCases queues that the latest step, a select, tries another case first.
func (w *dporWalk) otherCases(n *choicePoint, step wire.Step) {
	e := w.transitions[n.depth]
	if w.backtrack.again && n == w.backtrack.at || step.Taken < 0 || step.Taken >= e.cases {
		return
	}
	for c := range e.cases {
		if c != step.Case && c != step.Taken {
			w.of.push(&backtrack{at: n, g: e.g, c: c, again: true})
		}
	}
}

// add queues that g goes at n, and tries case c first.
func (v *DPOR) add(n *choicePoint, g, c int, guide wire.Picks) {
	n.backtracks = append(n.backtracks, g)
	if !n.sleeps(g) {
		v.push(&backtrack{at: n, g: g, c: c, guide: guide})
	}
}

func (v *DPOR) push(b *backtrack) {
	if len(v.stack) >= maxQueued {
		v.cut = true
		return
	}
	if !b.again && !b.at.goes(b.g) {
		b.at.backtracks = append(b.at.backtracks, b.g)
	}
	v.stack = append(v.stack, b)
}
