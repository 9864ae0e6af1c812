package explore

import "racelab/checker/labrt/wire"

// A dporWalk is the walk through the trace of a DPOR's schedule.
type dporWalk struct {
	of           *DPOR
	backtrack    *backtrack
	trace        wire.Trace
	hash         *stateHash
	choicePoints []*choicePoint // of the choices so far
	transitions  []transition   // the steps so far
	clocks       []clock        // of these steps: how many steps of each goroutine come before, itself included
	going        []clock        // for each goroutine, of what comes before its next step whatever that is
	before       clock          // that of the latest step's
	accessed     []accesses     // by object
	seen         int            // goroutines that have been candidates
	asleep       bool           // from here on all has been seen elsewhere
}

// A clock says of each goroutine how many of its steps come before something.
type clock []int

func (c clock) join(other clock) clock {
	for len(c) < len(other) {
		c = append(c, 0)
	}
	for i, n := range other {
		c[i] = max(c[i], n)
	}
	return c
}

func (c clock) at(g int) int {
	if g < len(c) {
		return c[g]
	}
	return 0
}

func (c clock) with(g, n int) clock {
	out := append(clock{}, c...)
	for len(out) <= g {
		out = append(out, 0)
	}
	out[g] = n
	return out
}

// accesses are an object's clocks, of the steps of each class.
type accesses [wire.Peek + 1]clock

func newDPORWalk(v *DPOR, b *backtrack, t wire.Trace) *dporWalk {
	w := &dporWalk{of: v, backtrack: b, trace: t, hash: newStateHash(t.Parents), going: make([]clock, max(1, len(t.Parents)))}
	if b.at != nil {
		w.choicePoints = make([]*choicePoint, b.at.depth+1)
		for n := b.at; n != nil; n = n.from {
			w.choicePoints[n.depth] = n
		}
	}
	return w
}

func (w *dporWalk) walk() {
	known := len(w.choicePoints) // choices that others came by
	for i, step := range w.trace.Steps {
		w.hash.see(step)
		for _, p := range step.Enabled {
			w.seen = max(w.seen, p.G+1)
		}
		w.appear(i, step)
		if i >= known && !w.asleep {
			w.arrive(i, step)
		}
		next, _ := chosen(step)
		w.take(w.transitionOf(next), next.Op == wire.OpWait && next.Class == wire.Read)
		if i >= known-1 && !w.asleep {
			w.reverse(i)
			w.otherCases(w.choicePoints[i], step)
		}
		w.hash.take(step)
	}
}

func (w *dporWalk) transitionOf(p wire.Pending) transition {
	return transition{g: p.G, op: p.Op, class: classOf(p), cases: p.Cases, objects: w.hash.touched(p)}
}

// arrive makes the choicePoint of choice i, where the schedule has taken step.
func (w *dporWalk) arrive(i int, step wire.Step) {
	n := &choicePoint{depth: i, state: w.hash.sum, last: w.hash.last, steps: append([]int{}, w.hash.steps[:w.seen]...)}
	for _, p := range step.Enabled {
		if p.G != wire.Clock { // see DPOR
			n.enabled = append(n.enabled, w.transitionOf(p))
		}
	}
	if i > 0 {
		n.from = w.choicePoints[i-1]
		n.picks = picksOfStep(w.trace.Steps[i-1], n.from)
		n.sleep = n.from.sleepAfter(w.transitions[i-1])
	}
	w.choicePoints = append(w.choicePoints[:i], n)
	n.backtracks = []int{step.G}
	if !n.sleeps(step.G) {
		return
	}
	w.asleep = true
	n.backtracks = nil
	for _, a := range n.enabled {
		if !n.sleeps(a.g) {
			w.of.push(&backtrack{at: n, g: a.g})
			return
		}
	}
}

// picksOfStep are the picks that lead from n on.
func picksOfStep(step wire.Step, n *choicePoint) wire.Picks {
	var picks wire.Picks
	if step.G != usual(step, n.last) {
		picks = n.picksFor(step.G, 0)
	}
	if step.Case > 0 {
		picks = append(picks, wire.Pick{Last: step.G, Steps: n.steps[step.G] + 1, Case: true, To: step.Case})
	}
	return picks
}

func (n *choicePoint) sleeps(g int) bool {
	for _, a := range n.sleep {
		if a.g == g {
			return true
		}
	}
	return false
}

// sleepAfter is the sleep set after done was done at n: the goroutines that slept,
// and those that go at n in another schedule, as long as what is done does not
// depend on what they would do.
func (n *choicePoint) sleepAfter(done transition) (sleep []transition) {
	for _, a := range n.sleep {
		if !dependent(a, done) {
			sleep = append(sleep, a)
		}
	}
	for _, g := range n.backtracks {
		if g == done.g {
			break // those that come later let done sleep
		}
		for _, a := range n.enabled {
			if a.g == g && !dependent(a, done) {
				sleep = append(sleep, a)
			}
		}
	}
	return sleep
}

// appear notes what must have come before the next step of goroutines that could not
// go on before the latest step and can now: that step has started or woken them.
func (w *dporWalk) appear(i int, step wire.Step) {
	if i == 0 {
		return
	}
	cause := w.transitions[i-1]
	for _, p := range step.Enabled {
		if _, could := pendingOf(w.trace.Steps[i-1], p.G); could || p.G == cause.g || p.G == wire.Clock {
			continue
		}
		switch p.Op {
		case wire.OpOnce:
			continue // it may have waited for the function of another to end, and could have come first
		case wire.OpLock, wire.OpRLock:
			if meet(p.Objects, cause.objects) {
				continue // the same, with the lock
			}
		}
		g := w.going[p.G].with(p.G, w.hash.steps[p.G])
		w.going[p.G] = g.join(w.clocks[i-1])
		if at := w.lastOf(p.G); at >= 0 { // it waited for all that was added
			for _, o := range w.transitions[at].objects {
				if meet([]int{o}, cause.objects) {
					w.going[p.G] = w.going[p.G].join(w.accessed[o][wire.Add])
				}
			}
		}
	}
}

// lastOf is the latest step of g, -1 if there is none.
func (w *dporWalk) lastOf(g int) int {
	for i := len(w.transitions) - 1; i >= 0; i-- {
		if w.transitions[i].g == g {
			return i
		}
	}
	return -1
}

// take adds e to the steps so far. Late says that e had not to wait for what was
// added to its object, since that had all come: it comes before what e's
// goroutine does next.
func (w *dporWalk) take(e transition, late bool) {
	c := w.going[e.g].with(e.g, w.hash.steps[e.g]+1)
	for _, o := range e.objects {
		for o >= len(w.accessed) {
			w.accessed = append(w.accessed, accesses{})
		}
		for class := range wire.Peek + 1 {
			if !commute(class, e.class) {
				c = c.join(w.accessed[o][class])
			}
		}
	}
	for _, o := range e.objects {
		w.accessed[o][e.class] = w.accessed[o][e.class].with(e.g, c.at(e.g)).join(c)
	}
	w.transitions = append(w.transitions, e)
	w.clocks = append(w.clocks, c)
	w.before = w.going[e.g]
	w.going[e.g] = c
	if late && len(e.objects) > 0 {
		w.going[e.g] = c.with(e.g, c.at(e.g)).join(w.accessed[e.objects[0]][wire.Add])
	}
}
