package diagram

import (
	"slices"

	"racelab/checker/finding"
)

// waits finds for each step who cannot go on once it is taken.
func (b builder) waits(steps []Step, sections []Section, edges []Edge) {
	wakes := map[int][]int{} // for a step that goes on, the lanes that make it do so
	for _, e := range edges {
		if l := b.lane[e.From]; e.Kind != EdgeGo && !slices.Contains(wakes[e.To], l) {
			wakes[e.To] = append(wakes[e.To], l)
			slices.Sort(wakes[e.To])
		}
	}
	now := make([]int, len(b.Goroutines)) // the latest step of each lane
	for l := range now {
		now[l] = noStep
	}
	started := make([]bool, len(b.Goroutines))
	if len(started) > 0 {
		started[0] = true
	}
	var held []Section
	later := slices.Clone(sections) // those that are to begin
	slices.SortStableFunc(later, func(a, b Section) int { return a.From - b.From })
	for i, s := range b.Steps {
		if b.lane[i] >= 0 {
			now[b.lane[i]] = i
			started[b.lane[i]] = true
		}
		if s.Op == finding.OpGo {
			if l, ok := b.at[finding.GoroutineName(s.Object)]; ok {
				started[l] = true
			}
		}
		for len(later) > 0 && later[0].From <= i {
			held, later = append(held, later[0]), later[1:]
		}
		held = slices.DeleteFunc(held, func(s Section) bool { return !s.Holds(i) })
		for l := range now {
			if started[l] {
				if w, ok := b.waitOf(l, now[l], held, wakes, i == len(b.Steps)-1); ok {
					steps[i].Waits = append(steps[i].Waits, w)
				}
			}
		}
	}
}

// waitOf says what a lane waits for, whose latest step is at: in the operation that this
// began, or to lock what another goroutine holds.
func (b builder) waitOf(lane, at int, held []Section, wakes map[int][]int, ends bool) (Wait, bool) {
	next := b.first[lane]
	if at >= 0 {
		next = b.next[at]
	}
	left, stays := b.left[lane]
	switch {
	case next == noStep && stays:
		return b.leftOf(lane, left, held, ends)
	case at >= 0 && blocks(b.Steps[at]):
		return Wait{Lane: lane, Op: b.Steps[at].Op, Object: b.Steps[at].Object, For: wakes[next]}, true
	case next == noStep || !isLock(b.Steps[next].Op):
		return Wait{}, false
	}
	s := b.Steps[next]
	by := holders(held, s.Object, s.Op == finding.OpReadLock)
	by = slices.DeleteFunc(by, func(l int) bool { return l == lane }) // it has announced itself to readers
	return Wait{Lane: lane, Op: s.Op, Object: s.Object, For: by}, len(by) > 0
}

// leftOf is the wait of a goroutine that never goes on. It may begin before the last step.
func (b builder) leftOf(lane int, left finding.Waiting, held []Section, ends bool) (Wait, bool) {
	w := Wait{Lane: lane, Op: left.Op, Object: left.Object}
	for _, name := range left.For {
		if l, ok := b.at[name]; ok && ends {
			w.For = append(w.For, l)
		}
	}
	if len(w.For) == 0 && isLock(left.Op) {
		w.For = holders(held, left.Object, left.Op == finding.OpReadLock)
		return w, ends || len(w.For) > 0
	}
	return w, true
}

func isLock(op finding.Op) bool {
	return op == finding.OpLock || op == finding.OpReadLock || op == finding.OpWaitReader
}

// holders are the lanes that hold a lock against one that wants it.
func holders(held []Section, object string, reads bool) []int {
	var by []int
	for _, s := range held {
		if s.Object == object && object != "" && (!s.Reads || !reads) && !slices.Contains(by, s.Lane) {
			by = append(by, s.Lane)
		}
	}
	return by
}
