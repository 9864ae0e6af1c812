package explore

import "racelab/checker/labrt/wire"

// reverse looks for steps before step number i, which is e, that it depends on
// and nothing else orders before it; and queues the schedules in which e's
// goroutine comes first.
func (w *way) reverse(i int, e act) {
	before := w.going[e.g]
	var found []int
	for k := i - 1; k >= 0; k-- {
		other := w.acts[k]
		if other.g == e.g || !dependent(other, e) || exclude(other, e) || w.precedes(k, before) {
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
		w.bringBefore(k, i, e)
	}
}

// precedes reports whether step k is among those of a clock.
func (w *way) precedes(k int, c clock) bool {
	g := w.acts[k].g
	return w.clocks[k].at(g) <= c.at(g)
}

// bringBefore queues a schedule in which e, step number i, may come before step
// k: somebody goes at k's node whom e's goroutine needs to get as far as to e.
func (w *way) bringBefore(k, i int, e act) {
	n := w.nodes[k]
	needed := w.needed(k, i, e)
	first, covered := -1, false
	for nth, at := range needed {
		if !w.initial(needed[:nth], at, i) {
			continue
		}
		g := e.g
		if at < i {
			g = w.acts[at].g
		}
		if n.goes(g) {
			covered = true
		} else if first < 0 && n.can(g) {
			first = g
		}
	}
	switch {
	case covered:
	case first >= 0:
		c, guide := w.guide(n, needed, first, i, e)
		w.of.add(n, first, c, guide)
	default:
		for _, a := range n.enabled {
			if !n.goes(a.g) {
				w.of.add(n, a.g, 0, nil)
			}
		}
	}
}

// needed are the steps after k that come before e whatever e is, and e.
func (w *way) needed(k, i int, e act) (at []int) {
	for j := k + 1; j < i; j++ {
		if w.precedes(j, w.going[e.g]) {
			at = append(at, j)
		}
	}
	return append(at, i)
}

// initial reports whether none of the steps before must come before step number
// at.
func (w *way) initial(before []int, at, i int) bool {
	c := w.going[w.trace.Steps[i].G]
	if at < i {
		c = w.clocks[at]
	}
	for _, j := range before {
		if w.precedes(j, c) {
			return false
		}
	}
	return true
}

func (n *node) goes(g int) bool {
	for _, b := range n.branches {
		if b == g {
			return true
		}
	}
	return false
}

func (n *node) can(g int) bool {
	for _, a := range n.enabled {
		if a.g == g {
			return true
		}
	}
	return false
}

// guide is the case that first tries and the picks that then lead through the
// needed steps, once first goes at n. They only help: what really happens is in
// the next trace.
func (w *way) guide(n *node, needed []int, first, i int, e act) (c int, picks wire.Picks) {
	last, steps := first, append([]int{}, n.steps...)
	for nth, at := range needed {
		a := e
		if at < i {
			a = w.acts[at]
		}
		if nth == 0 && a.g != first || a.g >= len(steps) { // new, it may have another number there
			return c, picks
		}
		if nth > 0 && a.g != last {
			picks = append(picks, wire.Pick{Last: last, Steps: steps[last], To: a.g})
		}
		steps[a.g]++
		switch tried := w.trace.Steps[at].Case; {
		case nth == 0:
			c = tried
		case tried > 0:
			picks = append(picks, wire.Pick{Last: a.g, Steps: steps[a.g], Case: true, To: tried})
		}
		last = a.g
	}
	return c, picks
}

// otherCases queues that e, a select, tries another case first.
func (w *way) otherCases(n *node, step wire.Step, e act) {
	if w.branch.again && n == w.branch.at || step.Taken < 0 || step.Taken >= e.cases {
		return
	}
	for c := range e.cases {
		if c != step.Case && c != step.Taken {
			w.of.push(&branch{at: n, g: e.g, c: c, again: true})
		}
	}
}

// add queues that g goes at n, and tries case c first.
func (v *Reversal) add(n *node, g, c int, guide wire.Picks) {
	n.branches = append(n.branches, g)
	if !n.sleeps(g) {
		v.push(&branch{at: n, g: g, c: c, guide: guide})
	}
}

func (v *Reversal) push(b *branch) {
	if len(v.stack) >= maxQueued {
		v.cut = true
		return
	}
	if !b.again && !b.at.goes(b.g) {
		b.at.branches = append(b.at.branches, b.g)
	}
	v.stack = append(v.stack, b)
}
