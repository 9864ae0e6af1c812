package lockorder

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
)

// Findings turns reports, which should have gone through Correct, into one
// finding for each set of places. The location is the learner's line that takes
// the lock again (recursive-lock), that takes a second lock (lock-order), or
// that waits (deadlock). Line 0 means that the line is not known.
//
// Two orders of locks are put into an order of their own, so that the finding
// does not depend on which one was seen first.
func Findings(reports []Report, src finding.Sources) []finding.Finding {
	var out []finding.Finding
	for _, r := range reports {
		f, ok := r.finding(src)
		if ok && !slices.ContainsFunc(out, func(o finding.Finding) bool { return r.tellsOf(f, o) }) {
			out = append(out, f)
		}
	}
	return out
}

// tellsOf reports whether f, the report's finding, is the defect that is known.
// Of several read locks that one goroutine holds, go-deadlock forgets the wrong one
// when one is released, so that from then on it names a wrong place for those that
// remain; the first report is right.
func (r Report) tellsOf(f, known finding.Finding) bool {
	if f.Kind != known.Kind || f.Location != known.Location {
		return false
	}
	onlyReads := r.Kind == finding.RecursiveLock && r.Takes[0].Reads() && r.Takes[1].Reads()
	return onlyReads && known.Fact.Relock.OnlyReads() || !onlyReads && slices.EqualFunc(f.Related, known.Related, finding.Related.Equal)
}

func (r Report) finding(src finding.Sources) (finding.Finding, bool) {
	f := finding.Finding{
		Kind: r.Kind, Detector: finding.GoDeadlock, Severity: finding.Error,
		Evidence: finding.Evidence{Goroutines: r.goroutines(src), Output: r.Text()},
	}
	places := make([]place, len(r.Takes))
	for i, t := range r.Takes {
		places[i] = t.place(src)
	}
	switch {
	case r.Kind == finding.RecursiveLock && len(places) == 2:
		recursiveLock(&f, places[0], places[1], src)
	case r.Kind == finding.LockOrder && len(places) == 4:
		orders := [2]order{{places[0], places[1]}, {places[2], places[3]}}
		lockOrders(&f, orders, r.byOneGoroutine())
	case r.Kind == finding.Deadlock && len(places) >= 2:
		last := len(places) - 1
		waitInVain(&f, r, r.holders(places[:last], src), places[last])
	default:
		return f, false // cut short
	}
	return f, true
}

// byOneGoroutine reports whether a single goroutine took the locks in both
// orders, one after the other: it cannot be in its own way.
func (r Report) byOneGoroutine() bool {
	return r.Takes[0].Goroutine != 0 && r.Takes[0].Goroutine == r.Takes[3].Goroutine
}

// A place is where a lock was taken, and the calls that led there.
type place struct {
	finding.Location
	reads bool
	calls []finding.Frame // in the exercise, innermost first
}

func (p place) taking() finding.Taking { return finding.Taking{Place: p.Location, Reads: p.reads} }

func (t Take) place(src finding.Sources) place {
	stack := t.frames(src)
	p := place{reads: t.Reads(), calls: src.Trim(stack)}
	p.Location, _ = src.Place(stack)
	return p
}

// frames are those of t, with files made absolute that Correct has not found
// but whose name is one of the exercise's.
func (t Take) frames(src finding.Sources) []finding.Frame {
	var out []finding.Frame
	for _, f := range t.Stack {
		frame := f.Frame
		if rel, ok := src.Resolve(frame.File); ok {
			frame.File = path.Join(src.Dir, rel)
		}
		out = append(out, frame)
	}
	return out
}

func (p place) related(role finding.Role) []finding.Related {
	if p.File == "" {
		return nil
	}
	return []finding.Related{{Role: role, Location: p.Location}}
}

func recursiveLock(f *finding.Finding, held, again place, src finding.Sources) {
	f.Location = again.Location
	f.Fact.Relock = &finding.Relock{Held: held.taking(), Again: again.taking()}
	f.Related = slices.Concat(closingCall(held, again, src), held.related(finding.Role{Kind: finding.RoleLocked, Reads: held.reads}))
}

// closingCall is the call that led from where the lock was held to where it is
// taken again: where the two stacks part, as long as it is in one function.
func closingCall(held, again place, src finding.Sources) []finding.Related {
	same := 0 // frames, from the outermost
	h, a := len(held.calls)-1, len(again.calls)-1
	for same <= min(h, a) && held.calls[h-same] == again.calls[a-same] {
		same++
	}
	if same == len(held.calls) && same > 0 {
		same-- // it was locked and called on one line
	}
	h, a = h-same, a-same
	if h < 0 || a < 1 || held.calls[h].Function != again.calls[a].Function || again.calls[a].Line == 0 {
		return nil
	}
	role := finding.Role{Kind: finding.RoleCalls, Function: method(again.calls[a-1].Function)}
	learners := func(f finding.Frame) bool { return src.IsEditable(f.File) }
	if !learners(again.calls[a-1]) && slices.ContainsFunc(again.calls[:a-1], learners) {
		role = finding.Role{Kind: finding.RoleCallsBack, Function: method(again.Function)}
	}
	return call(again.calls[a]).related(role)
}

// method is a function without its receiver: "Free" of "(*Office).Free".
func method(function string) string {
	if i := strings.LastIndex(function, ")."); i >= 0 {
		return function[i+len(")."):]
	}
	return function
}

// An order is two locks that one goroutine took, the second while it held the first.
type order struct{ first, second place }

func (o order) fact() finding.Order {
	return finding.Order{First: o.first.Location, Second: o.second.Location}
}

func (o order) compare(p order) int {
	trace := func(o order) string { return fmt.Sprint(o.first.calls, o.second.calls) }
	return strings.Compare(trace(o), trace(p))
}

func lockOrders(f *finding.Finding, orders [2]order, one bool) {
	if orders[1].compare(orders[0]) < 0 {
		orders[0], orders[1] = orders[1], orders[0]
	}
	a, b := orders[0], orders[1]
	f.Location = a.second.Location
	f.Fact.Orders = &finding.Orders{One: a.fact(), Other: b.fact(), Alone: one}
	if f.Fact.Orders.SamePlaces() {
		f.Fact.Orders.Calls, f.Related = sameOrders(a, b)
		return
	}
	f.Related = slices.Concat(
		a.first.related(finding.Role{Kind: finding.RoleFirst}),
		b.first.related(finding.Role{Kind: finding.RoleOtherFirst}),
		b.second.related(finding.Role{Kind: finding.RoleOtherSecond}))
}

// sameOrders is for two orders that are taken at the same places: they differ in
// the calls that led there.
func sameOrders(a, b order) (calls []finding.Location, related []finding.Related) {
	related = a.first.related(finding.Role{Kind: finding.RoleBothFirst})
	callA, callB, ok := differ(a.first.calls, b.first.calls)
	if !ok {
		return nil, related
	}
	return []finding.Location{callA.location(), callB.location()}, slices.Concat(related,
		callA.related(finding.Role{Kind: finding.RoleOneOrder}), callB.related(finding.Role{Kind: finding.RoleOtherOrder}))
}

// differ finds the innermost calls in which two stacks are not the same.
func differ(a, b []finding.Frame) (callA, callB call, ok bool) {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] && a[i].Line != 0 && b[i].Line != 0 {
			return call(a[i]), call(b[i]), true
		}
	}
	return call{}, call{}, false
}

// A call is a trimmed frame.
type call finding.Frame

func (c call) location() finding.Location {
	return finding.Location{File: c.File, Line: c.Line, Function: c.Function}
}

func (c call) related(role finding.Role) []finding.Related {
	return []finding.Related{{Role: role, Location: c.location()}}
}

// goroutines are the stacks of the report, those of the holders as they are now.
func (r Report) goroutines(src finding.Sources) []finding.Goroutine {
	var out []finding.Goroutine
	for _, t := range r.Takes[:min(len(r.Takes), holdersKept)] {
		out = append(out, finding.Goroutine{ID: t.Goroutine, Stack: src.Trim(t.frames(src))})
	}
	return append(out, gostack.Evidence("", r.Now, src).Goroutines...)
}
