// Package diagram derives from an interleaving what a drawing of it needs: the lane of
// each goroutine, what orders what, the critical section of each lock, who waits for whom
// and on which line each goroutine stands after a step, which values are known, which
// steps are the test's own; and, for what goes wrong, the accesses that nothing orders and
// the steps of others that came in between.
//
// It is pure data about steps, by their index in the interleaving. It writes no sentence
// and knows no page. What the steps do not tell it leaves out: it never claims an order
// that an interleaving does not show, nor that there is none where there may be one.
package diagram

import "racelab/checker/finding"

// A Diagram is what is to be drawn of one interleaving.
type Diagram struct {
	Lanes    []Lane
	Steps    []Step // those of the interleaving, in its order
	Edges    []Edge // what orders steps of different goroutines, in the order of their ends
	Sections []Section
	Missing  []Missing // pairs of accesses that race
	Lost     []Lost    // writes that another goroutine's write has undone
	Gaps     []Gap     // locks that were given back and taken again, and others in between
}

// A Lane is a goroutine.
type Lane struct {
	finding.Lane
	// First and Last are its steps; First is -1 when it has taken none. Last is -1 when it
	// is still there at the end.
	First, Last int
	// Idle is set when all of its steps are the test's own, it waits for nothing, and it
	// makes no access that races.
	Idle bool
	// Telling is set of those that have a line of their own in a drawing: of very many lanes,
	// the others share one.
	Telling bool
}

// A Step is one of the interleaving, with what is so once it is taken.
type Step struct {
	Lane int // among Lanes; -1 for one that is not there
	// Own is set when it is the test's own, and nothing goes wrong in it: it operates on
	// nothing of the learner's.
	Own   bool
	Waits []Wait // by lane
	Moves []Move // the goroutines that stand on another line than after the step before
	Sets  []Set  // the values that are known by it
}

// A Wait is a goroutine that cannot go on.
type Wait struct {
	Lane   int
	Op     finding.Op
	Object string
	For    []int // the lanes on which it depends, as far as that is known
}

// A Move says on which line a goroutine stands: that of its step, and when others take
// theirs that of what it does next. The zero Location is for one that has ended.
type Move struct {
	Lane int
	At   finding.Location
}

// A Set is a value that is known of an object.
type Set struct{ Object, Value string }

// An Edge says that something orders two steps.
type Edge struct {
	From, To int
	Kind     EdgeKind
}

// EdgeKind is what orders two steps.
type EdgeKind string

// The kinds of edge.
const (
	EdgeGo     EdgeKind = "go"     // a go statement, and the first step of its goroutine
	EdgeLock   EdgeKind = "lock"   // an unlock, and the next lock
	EdgeSend   EdgeKind = "send"   // a send, and the receive of that value
	EdgeRoom   EdgeKind = "room"   // a receive, and the send that waited for it
	EdgeClose  EdgeKind = "close"  // a close, and a receive that notices it
	EdgeDone   EdgeKind = "done"   // a Done, and the Wait that waited for it
	EdgeSignal EdgeKind = "signal" // a Signal or Broadcast, and the Wait that it ends
	EdgeAtomic EdgeKind = "atomic" // an atomic write, and a read that may have seen it
)

// Of derives the diagram of an interleaving in which findings were made.
func Of(in finding.Interleaving, findings []finding.Finding) Diagram {
	b := newBuilder(in)
	d := Diagram{Steps: make([]Step, len(in.Steps))}
	for i := range d.Steps {
		d.Steps[i].Lane = b.lane[i]
	}
	d.Edges = b.edges()
	d.Sections = b.sections()
	b.own(d.Steps)
	b.waits(d.Steps, d.Sections, d.Edges)
	b.moves(d.Steps)
	b.values(d.Steps)
	d.Missing = b.missing(findings)
	d.Lanes = b.lanes(d.Steps, d.Missing)
	d.Lost = b.lost()
	d.Gaps = b.gaps(d.Sections)
	b.telling(d)
	return d
}

// A builder is an interleaving, looked up.
type builder struct {
	finding.Interleaving
	at   map[finding.GoroutineName]int // the lane of each goroutine
	lane []int                         // of each step
	next []int                         // for each step the next one of its goroutine; -1 for the last
	// first and last are for each lane its first and its last step; -1 if it has none.
	first, last []int
	left        map[int]finding.Waiting // by lane
}

func newBuilder(in finding.Interleaving) builder {
	b := builder{Interleaving: in, at: map[finding.GoroutineName]int{}, left: map[int]finding.Waiting{}}
	for i, l := range in.Goroutines {
		b.at[l.Name] = i
	}
	b.lane, b.next = make([]int, len(in.Steps)), make([]int, len(in.Steps))
	b.first, b.last = make([]int, len(in.Goroutines)), make([]int, len(in.Goroutines))
	for l := range b.last {
		b.first[l], b.last[l] = noStep, noStep
	}
	for i, s := range in.Steps {
		l, ok := b.at[s.Goroutine]
		if !ok {
			b.lane[i], b.next[i] = -1, noStep
			continue
		}
		b.lane[i], b.next[i] = l, noStep
		if before := b.last[l]; before >= 0 {
			b.next[before] = i
		} else {
			b.first[l] = i
		}
		b.last[l] = i
	}
	for _, w := range in.Left {
		if l, ok := b.at[w.Goroutine]; ok {
			b.left[l] = w
		}
	}
	return b
}

func (b builder) lanes(steps []Step, missing []Missing) []Lane {
	lanes := make([]Lane, len(b.Goroutines))
	for l, g := range b.Goroutines {
		lanes[l] = Lane{Lane: g, First: noStep, Last: noStep, Idle: true}
		if _, waits := b.left[l]; waits {
			lanes[l].Idle = false
		}
	}
	for i, s := range steps {
		if s.Lane < 0 {
			continue
		}
		l := &lanes[s.Lane]
		if l.First < 0 {
			l.First = i
		}
		if b.Steps[i].Op == finding.OpEnd {
			l.Last = i
		}
		l.Idle = l.Idle && s.Own
	}
	for _, m := range missing {
		lanes[m.First.Lane].Idle, lanes[m.Second.Lane].Idle = false, false
	}
	return lanes
}
