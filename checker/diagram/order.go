package diagram

import (
	"cmp"
	"slices"

	"racelab/checker/finding"
)

// A meeting is what is known of one object while its steps are gone through.
type meeting struct {
	gaveWrite []int // the unlocks since it was last locked …
	gaveRead  []int // … of readers
	channel   channel
	done      map[int]int // for each lane its last Done since the counter was zero
	counter   int         // of a WaitGroup
	waiting   []int       // the lanes that wait for a Cond, in the order in which they began
	woken     map[int]int // and for those that need no longer wait the Signal or Broadcast
	stored    int         // the latest atomic write
}

func newMeeting() *meeting {
	return &meeting{channel: newChannel(), done: map[int]int{}, woken: map[int]int{}, stored: noStep}
}

// edges are what orders steps of different goroutines.
func (b builder) edges() []Edge {
	var edges []Edge
	meetings := map[string]*meeting{}
	for i, s := range b.Steps {
		if s.Op == finding.OpGo {
			if l, ok := b.at[finding.GoroutineName(s.Object)]; ok {
				if first := b.first[l]; first > i {
					edges = append(edges, Edge{i, first, EdgeGo})
				}
			}
			continue
		}
		object := b.objectOf(i)
		if object == "" || b.lane[i] < 0 {
			continue
		}
		m := meetings[object]
		if m == nil {
			m = newMeeting()
			meetings[object] = m
		}
		for _, e := range b.meet(m, i) {
			if b.lane[e.From] != b.lane[e.To] {
				edges = append(edges, e)
			}
		}
	}
	slices.SortStableFunc(edges, func(a, b Edge) int { return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From)) })
	return edges
}

// meet says what orders step i on its object, and notes what it orders itself.
func (b builder) meet(m *meeting, i int) []Edge {
	s, l := b.Steps[i], b.lane[i]
	switch s.Op {
	case finding.OpSend, finding.OpReceive, finding.OpSelect, opClose:
		return b.onChannel(&m.channel, i)
	case opAdd, opDone:
		m.count(l, i, s.Counter)
	case finding.OpWait:
		return m.awaited(l, i, s.Value)
	case opSignal, opBroadcast:
		m.wake(i, s.Op == opBroadcast)
	case opLoad, opStore, opUpdate:
		return m.atomic(i, s)
	}
	if gives(s) {
		if s.Op == opReadUnlock {
			m.gaveRead = append(m.gaveRead, i)
		} else {
			m.gaveWrite = []int{i}
		}
	}
	reads, ok := takes(s)
	if !ok {
		return nil
	}
	edges := edgesFrom(m.gaveWrite, i, EdgeLock)
	if !reads {
		edges = append(edges, edgesFrom(m.gaveRead, i, EdgeLock)...)
		m.gaveWrite, m.gaveRead = nil, nil
	}
	return edges
}

func edgesFrom(from []int, to int, kind EdgeKind) []Edge {
	var edges []Edge
	for _, i := range from {
		edges = append(edges, Edge{i, to, kind})
	}
	return edges
}

// count notes what a lane did with a WaitGroup, which can be used again once it is at zero.
func (m *meeting) count(lane, i int, counter *int) {
	if counter == nil {
		return
	}
	switch {
	case *counter < m.counter:
		m.done[lane] = i
	case m.counter == 0:
		clear(m.done)
	}
	m.counter = *counter
}

// wake notes who need no longer wait for a Cond: the first who does, or all.
func (m *meeting) wake(i int, all bool) {
	woken := m.waiting
	if !all {
		woken = woken[:min(1, len(woken))]
	}
	for _, lane := range woken {
		m.woken[lane] = i
	}
	m.waiting = m.waiting[len(woken):]
}

// awaited says what a Wait has waited for: of a WaitGroup what each goroutine did last
// with it, of a Cond what has woken it.
func (m *meeting) awaited(lane, i int, value string) []Edge {
	if by, ok := m.woken[lane]; ok && value == goesOn {
		delete(m.woken, lane)
		return []Edge{{by, i, EdgeSignal}}
	}
	if value != goesOn {
		m.waiting = append(m.waiting, lane)
	}
	if value == hasToWait {
		return nil
	}
	var edges []Edge
	for _, from := range m.done {
		edges = append(edges, Edge{from, i, EdgeDone})
	}
	return edges
}

// atomic orders a read after the latest write that it may have seen. What fails has read.
func (m *meeting) atomic(i int, s finding.Step) (edges []Edge) {
	if m.stored >= 0 && s.Op != opStore {
		edges = []Edge{{m.stored, i, EdgeAtomic}}
	}
	if s.Op != opLoad && s.Value != fails {
		m.stored = i
	}
	return edges
}
