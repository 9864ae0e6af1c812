package explore

import "racelab/checker/labrt/wire"

// An item is a schedule that the search has yet to run: another one up to some
// choice, and there a pick.
type item struct {
	from   *item // nil for the schedule without picks
	pick   wire.Pick
	at     int   // which choice, from 0; -1 for the schedule without picks
	before place // of that choice: the replay must come by it
	after  place // of the choice after it
	used   int   // preemptions
}

func (it *item) picks() wire.Picks {
	n := 0
	for i := it; i.from != nil; i = i.from {
		n++
	}
	picks := make(wire.Picks, n)
	for i := it; i.from != nil; i = i.from {
		n--
		picks[n] = i.pick
	}
	return picks
}

// A fifo is a queue of items.
type fifo struct {
	items []*item
	head  int
}

func (q *fifo) push(it *item) { q.items = append(q.items, it) }

func (q *fifo) pop() (*item, bool) {
	if q.head == len(q.items) {
		return nil, false
	}
	it := q.items[q.head]
	q.items[q.head] = nil
	if q.head++; q.head > len(q.items)/2 {
		q.items = append(q.items[:0], q.items[q.head:]...)
		q.head = 0
	}
	return it, true
}

// A mark says what the search knows of a place: with how few preemptions it was
// reached, and whether its alternatives are queued already or the schedule that
// will queue them is.
type mark uint16

// queued is the mark of a place that a schedule will lead to, entered that of one
// that a schedule has come by.
func queued(used int) mark  { return mark(used) << 1 }
func entered(used int) mark { return queued(used) | 1 }

func (m mark) used() int  { return int(m >> 1) }
func (m mark) done() bool { return m&1 == 1 }

// A visited is the set of places that the search knows.
type visited struct {
	marks map[uint64]mark
	full  bool // there was something that it could not keep
}

func newVisited() *visited { return &visited{marks: map[uint64]mark{}} }

// enter notes that a schedule has come by a place, and reports whether its
// alternatives must be queued now.
func (v *visited) enter(at place, used int) bool {
	m, ok := v.marks[at.key()]
	if ok && (m.used() < used || m.done() && m.used() == used) {
		return false
	}
	return v.note(at, entered(used))
}

// offer notes that a schedule that leads to a place will be queued, and reports
// whether it must be: nothing known leads there with no more preemptions.
func (v *visited) offer(at place, used int) bool {
	m, ok := v.marks[at.key()]
	return (!ok || m.used() > used) && v.note(at, queued(used))
}

// stale reports whether another schedule has come by a place since one was
// queued that leads there, with no more preemptions.
func (v *visited) stale(at place, used int) bool {
	m := v.marks[at.key()]
	return m.done() || m.used() < used
}

func (v *visited) note(at place, m mark) bool {
	key := at.key()
	if _, ok := v.marks[key]; !ok && len(v.marks) >= maxPlaces {
		v.full = true
		return false
	}
	v.marks[key] = m
	return true
}
