package diagram

import (
	"slices"

	"racelab/checker/finding"
)

// A Missing is two accesses of different goroutines that race: nothing orders them.
type Missing struct {
	Finding       int  // among those that Of was given; -1 for two steps that show it themselves
	Lost          bool // the second undoes the first
	First, Second Point
	Earlier       []int // steps of the first one's lane that may have been it instead
}

// A Point is an access: at a step, or between After and the next step of its lane, where
// the scheduler saw nothing.
type Point struct {
	Lane   int
	After  int // the step
	AtStep bool
	Access finding.Access
}

// missing finds the accesses of each data race, and those of the writes that undo others.
func (b builder) missing(findings []finding.Finding) []Missing {
	var out []Missing
	for i, f := range findings {
		if m, ok := b.raceOf(f); ok {
			m.Finding = i
			out = append(out, m)
		}
	}
	order := b.mayOrder()
	for _, l := range b.lost() {
		undone := l.Undone[len(l.Undone)-1]
		if order.before(undone, l.Write) {
			continue
		}
		out = append(out, Missing{Finding: -1, Lost: true, First: b.accessAt(undone), Second: b.accessAt(l.Write)})
	}
	if len(out) == 0 {
		if i, j, ok := b.unordered(order); ok {
			out = append(out, Missing{Finding: -1, First: b.accessAt(i), Second: b.accessAt(j)})
		}
	}
	return out
}

// unordered are, where a test fails, the latest access before that for which there is one
// of another goroutine that nothing orders it with, and the nearest such one.
func (b builder) unordered(order order) (first, second int, ok bool) {
	accesses := map[string][]int{} // by object
	for i, s := range b.Steps {
		if isAccess(s.Op) && s.Object != "" {
			accesses[s.Object] = append(accesses[s.Object], i)
		}
	}
	fails := slices.IndexFunc(b.Steps, func(s finding.Step) bool { return s.Wrong && s.Op == opFails })
	for i := fails - 1; i >= 0; i-- {
		if !isAccess(b.Steps[i].Op) {
			continue
		}
		nearest := noStep
		for _, j := range accesses[b.Steps[i].Object] {
			if b.Steps[j].Op != opWrite && b.Steps[i].Op != opWrite || order.before(min(i, j), max(i, j)) {
				continue
			}
			if nearest == noStep || max(i-j, j-i) < max(i-nearest, nearest-i) {
				nearest = j
			}
		}
		if nearest >= 0 {
			return min(i, nearest), max(i, nearest), true
		}
	}
	return noStep, noStep, false
}

// accessAt is the access of step i.
func (b builder) accessAt(i int) Point {
	s := b.Steps[i]
	return b.point(i, finding.Access{Op: finding.AccessOp(s.Op), Write: s.Op == opWrite, Place: s.Location, Exact: finding.AtLine})
}

// raceOf finds where in the interleaving a data race was noticed, and where the access
// was that it was noticed against.
func (b builder) raceOf(f finding.Finding) (Missing, bool) {
	c := f.Fact.Conflict
	if f.Kind != finding.DataRace || c == nil || c.Second == nil || len(f.Evidence.Goroutines) < 2 {
		return Missing{}, false
	}
	if m, ok := b.steppedRace(*c); ok {
		return m, true
	}
	earlier, later := side{c.First, f.Evidence.Goroutines[0]}, side{*c.Second, f.Evidence.Goroutines[1]}
	if secondWasEarlier(f) {
		earlier, later = later, earlier
	}
	order := b.mayOrder()
	for i, s := range b.Steps {
		if s.Op != finding.OpRace || b.lane[i] < 0 || s.Location.File != later.access.Place.File || s.Location.Line != later.access.Place.Line {
			continue
		}
		if p, ok := b.against(i, earlier, later, order); ok {
			return Missing{First: p, Second: Point{Lane: b.lane[i], After: i, AtStep: true, Access: later.access}}, true
		}
	}
	return Missing{}, false
}

// Reported are the steps that are the two accesses of the data race which step i reports. ok
// is false where they are no steps.
func Reported(in finding.Interleaving, i int) (first, second int, ok bool) {
	s := in.Steps[i]
	if s.Op != finding.OpRace || s.Fault == nil {
		return noStep, noStep, false
	}
	first, second = finding.StepNumbered(in.Steps[:i], s.Fault.First), finding.StepNumbered(in.Steps[:i], s.Fault.Second)
	return first, second, first >= 0 && second >= 0
}

// steppedRace finds a data race both accesses of which are steps, in whichever order they are
// there, best of all one of which it is known which steps they are.
func (b builder) steppedRace(c finding.Conflict) (Missing, bool) {
	var found []Missing
	for i := range b.Steps {
		first, second, ok := Reported(b.Interleaving, i)
		if !ok || b.lane[first] < 0 || b.lane[second] < 0 {
			continue
		}
		for _, earlier := range []bool{true, false} {
			one, other := c.First, *c.Second
			if !earlier {
				one, other = other, one
			}
			if b.Steps[first].Makes(one) && b.Steps[second].Makes(other) {
				found = append(found, Missing{First: b.point(first, one), Second: b.point(second, other), Earlier: b.earlier(i, first)})
			}
		}
	}
	if len(found) == 0 {
		return Missing{}, false
	}
	known := slices.IndexFunc(found, func(m Missing) bool { return len(m.Earlier) == 0 })
	return found[max(known, 0)], true
}

// earlier are the steps that do the same as the first access of a race, before it, where it is
// not known which of them it is.
func (b builder) earlier(race, first int) []int {
	var out []int
	for i, s := range b.Steps[:first] {
		if b.Steps[race].Fault.Perhaps && b.lane[i] == b.lane[first] && s.Op == b.Steps[first].Op && s.Location == b.Steps[first].Location {
			out = append(out, i)
		}
	}
	return out
}

func (b builder) point(i int, a finding.Access) Point {
	return Point{Lane: b.lane[i], After: i, AtStep: true, Access: a}
}

// A side is one of the two of a race.
type side struct {
	access finding.Access
	who    finding.Goroutine
}

// secondWasEarlier reports whether the race detector saw the second access before the first.
func secondWasEarlier(f finding.Finding) bool {
	i := slices.IndexFunc(f.Related, func(r finding.Related) bool { return r.Role.Kind == finding.RoleAccess })
	return i >= 0 && f.Related[i].Role.Previous
}

// against finds the earlier access of a race that was noticed in step i. The race detector
// numbers goroutines in the order of their start: so the distance of two numbers, and which
// function they run, tell the lane.
func (b builder) against(i int, earlier, later side, order order) (Point, bool) {
	var fit []Point
	for l := range b.Goroutines {
		if l == b.lane[i] || !b.runs(l, earlier.who) {
			continue
		}
		if after := b.lastRun(l, i, earlier.access.Place, order); after >= 0 {
			fit = append(fit, Point{Lane: l, After: after, Access: earlier.access})
		}
	}
	want := b.lane[i] + earlier.who.ID - later.who.ID
	if at := slices.IndexFunc(fit, func(p Point) bool { return p.Lane == want }); at >= 0 {
		return fit[at], true
	}
	if len(fit) == 1 {
		return fit[0], true
	}
	return Point{}, false
}

// runs reports whether a lane may be the goroutine that a detector has reported.
func (b builder) runs(lane int, g finding.Goroutine) bool {
	name := b.Goroutines[lane].Function
	return name == "" || len(g.Stack) == 0 || name == g.Stack[len(g.Stack)-1].Function
}

// lastRun is the step of a lane before i after which it made an access, as far as can be
// told: the latest one that nothing orders before i, and after which the lane was on its way
// past the place, if there is such a one. It is -1 if there is none.
func (b builder) lastRun(lane, i int, at finding.Location, order order) int {
	latest := noStep
	for j := i - 1; j >= 0; j-- {
		if b.lane[j] != lane || blocks(b.Steps[j]) || b.Steps[j].Op == finding.OpEnd || order.before(j, i) {
			continue
		}
		if latest == noStep {
			latest = j
		}
		from := b.Steps[j].Location
		if next := b.next[j]; next >= 0 && from.File == at.File && from.Line <= at.Line {
			if to := b.Steps[next].Location; to.File == at.File && at.Line <= to.Line {
				return j
			}
		}
	}
	return latest
}

// An order says what may be ordered. For each step it has, by lane, how many of the lane's
// steps come before it: more than the memory model says, since all steps on one object, and
// all on objects without a name, are taken to be ordered.
type order struct {
	lane  []int
	index []int // of each step in its lane
	known [][]int
}

// before reports whether what a goroutine does from step i to its next one may be ordered
// before what follows step j.
func (o order) before(i, j int) bool {
	if o.lane[i] < 0 || o.lane[j] < 0 {
		return true
	}
	return o.lane[i] == o.lane[j] || o.known[j][o.lane[i]] > o.index[i]+1
}

func (b builder) mayOrder() order {
	o := order{lane: b.lane, index: make([]int, len(b.Steps)), known: make([][]int, len(b.Steps))}
	lanes := make([][]int, len(b.Goroutines))
	for l := range lanes {
		lanes[l] = make([]int, len(b.Goroutines))
	}
	objects := map[string][]int{}
	for i, s := range b.Steps {
		l := b.lane[i]
		if l < 0 {
			continue
		}
		o.index[i] = lanes[l][l]
		lanes[l][l]++
		if s.Op == finding.OpOnce || s.Goroutine == finding.Clock {
			// The end of a Once's function is no step, nor is the call that sets a timer.
			for other, so := range lanes {
				if other != l {
					lanes[l][other] = max(lanes[l][other], so[other]+1)
				}
			}
		}
		if s.Op == finding.OpGo {
			if to, ok := b.at[finding.GoroutineName(s.Object)]; ok {
				join(lanes[to], lanes[l])
			}
		}
		if !ordersNothing(s) {
			for _, object := range []string{s.Object, ""} { // whatever closes a channel may have no name
				if objects[object] == nil {
					objects[object] = make([]int, len(b.Goroutines))
				}
				join(lanes[l], objects[object])
			}
			join(objects[s.Object], lanes[l])
		}
		o.known[i] = slices.Clone(lanes[l])
	}
	return o
}

func join(into, from []int) {
	for i := range into {
		into[i] = max(into[i], from[i])
	}
}
