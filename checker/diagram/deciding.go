package diagram

import (
	"slices"

	"racelab/checker/finding"
)

// A Deciding is two operations on one object, of different goroutines, whose order is another
// one in an interleaving that fails and in one that passes.
type Deciding struct {
	First, Second   int // the steps in the one that fails; Second is -1 when it is never taken
	Passing         [2]int
	Early, Late     finding.GoroutineName // who is first where it fails, and who is not
	EarlyAt, LateAt finding.Location
	Op              finding.Op // of the late one
	Object          string
}

// Decide finds the first operations that are in another order where it passes. Those of the
// tests decide nothing.
func Decide(fails, passes finding.Interleaving) (Deciding, bool) {
	c := comparison{here: operations(fails), there: map[operation]int{}, before: map[string][]met{}}
	for i, o := range operations(passes) {
		c.there[o] = i
	}
	steps := make([]Step, len(fails.Steps))
	b := newBuilder(fails)
	for i := range steps {
		steps[i].Lane = b.lane[i]
	}
	b.own(steps)
	for i := range fails.Steps {
		o, ok := c.here[i]
		if !ok || steps[i].Own || !c.inBoth(o) || !alike(fails, passes, o.goroutine) {
			continue
		}
		if d, ok := c.turned(o, i); ok {
			return d, true
		}
		c.before[o.object] = append(c.before[o.object], met{o, i, c.there[o]})
	}
	for _, w := range fails.Left {
		o := c.neverTaken(w)
		if !c.inBoth(o) || !alike(fails, passes, o.goroutine) {
			continue
		}
		if d, ok := c.turned(o, noStep); ok {
			return d, true
		}
	}
	return Deciding{}, false
}

// A comparison is that of the operations of two interleavings.
type comparison struct {
	here   map[int]operation // by step, where it fails
	there  map[operation]int // the step, where it passes
	before map[string][]met  // by object, those that have been looked at
}

// A met is an operation, and its step where it fails and where it passes.
type met struct {
	operation
	here, there int
}

func (c comparison) inBoth(o operation) bool {
	_, ok := c.there[o]
	return ok
}

// turned finds an operation before o, at step i, that conflicts with it and comes after it
// where it passes.
func (c comparison) turned(o operation, i int) (Deciding, bool) {
	there := c.there[o]
	for _, e := range c.before[o.object] {
		if there < e.there && e.goroutine != o.goroutine && (writes(e.op) || writes(o.op)) {
			return Deciding{
				First: e.here, Second: i, Passing: [2]int{there, e.there},
				Early: e.goroutine, Late: o.goroutine, EarlyAt: e.at, LateAt: o.at, Op: o.op, Object: o.object,
			}, true
		}
	}
	return Deciding{}, false
}

// neverTaken is the operation in which a goroutine waits for ever.
func (c comparison) neverTaken(w finding.Waiting) operation {
	o := operation{goroutine: w.Goroutine, op: w.Op, object: w.Object, at: lineOf(w.Location)}
	nth := 0
	for _, taken := range c.here {
		if taken.nth = 0; taken == o {
			nth++
		}
	}
	o.nth = nth
	return o
}

// An operation is what can be found again in another interleaving: the nth that a goroutine
// does at a line.
type operation struct {
	goroutine finding.GoroutineName
	op        finding.Op
	object    string
	at        finding.Location
	nth       int
}

// operations are those, by their steps, whose order may decide something.
func operations(in finding.Interleaving) map[int]operation {
	out := map[int]operation{}
	count := map[operation]int{}
	for i, s := range in.Steps {
		if s.Object == "" || blocks(s) || gives(s) {
			continue
		}
		if _, ok := takes(s); !ok && !isAccess(s.Op) && s.Op != opLoad && !writes(s.Op) {
			continue
		}
		o := operation{goroutine: s.Goroutine, op: s.Op, object: s.Object, at: lineOf(s.Location)}
		n := count[o]
		count[o]++
		o.nth = n
		out[i] = o
	}
	return out
}

// writes reports whether an operation conflicts with every other one on its object.
func writes(op finding.Op) bool {
	switch op {
	case opWrite, opStore, opUpdate, opClose, finding.OpSend, finding.OpReceive, finding.OpLock, finding.OpWaitReader, finding.OpTryLock:
		return true
	}
	return false
}

func lineOf(l finding.Location) finding.Location {
	return finding.Location{File: l.File, Line: l.Line, Function: l.Function}
}

// alike reports whether two interleavings call the same goroutine so.
func alike(a, b finding.Interleaving, name finding.GoroutineName) bool {
	of := func(in finding.Interleaving) (finding.Lane, bool) {
		i := slices.IndexFunc(in.Goroutines, func(l finding.Lane) bool { return l.Name == name })
		if i < 0 {
			return finding.Lane{}, false
		}
		return in.Goroutines[i], true
	}
	x, ok := of(a)
	y, both := of(b)
	return ok && both && x == y
}
