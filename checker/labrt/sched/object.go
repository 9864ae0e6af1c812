package sched

// An object is what operations act on: a channel, a lock, a variable. If it is
// modelled, its state is here.
type object struct {
	address pointer // holding it keeps the memory from being freed and reused
	number  int     // in order of first use in the trace; 0 before that
	name    uint64  // see Number
	changes int     // how often an operation had an effect on it
	writer  *G      // holds the lock, or runs the function of a Once
	taken   *event  // with Detail, where writer took it

	orphan    bool // locked, but no goroutine holds it: it is a copy of a held lock
	announced *G   // a writer that waits until all readers have released it
	readers   int
	reads     *reading // with Detail, the read locks that are held

	count int // of a WaitGroup
	done  bool
	head  *G // waiting goroutines, in order of arrival
	tail  *G
}

// A reading is a read lock that a goroutine holds.
type reading struct {
	g     *G
	taken *event
	next  *reading
}

//go:norace
func (o *object) enqueue(g *G) {
	g.waiter = nil
	if o.head == nil {
		o.head = g
	} else {
		o.tail.waiter = g
	}
	o.tail = g
}

//go:norace
func (o *object) dequeue() *G {
	g := o.head
	if g != nil {
		o.head = g.waiter
	}
	return g
}

// A table finds objects by address. It is a hash table with open addressing,
// because the race detector would see the accesses of a map.
type table struct {
	slots []*object // a power of two, at most half of them taken
	taken int
}

//go:norace
func (t *table) init() { t.slots, t.taken = make([]*object, 64), 0 }

//go:norace
func (t *table) slot(p pointer) int {
	h := uint64(uintptr(p)) * 0x9e3779b97f4a7c15
	mask := uint64(len(t.slots) - 1)
	i := h >> 32 & mask
	for t.slots[i] != nil && t.slots[i].address != p {
		i = (i + 1) & mask
	}
	return int(i)
}

// find returns the object at p, which it creates if needed, and whether it is new.
//
//go:norace
func (t *table) find(p pointer) (o *object, isNew bool) {
	i := t.slot(p)
	if o = t.slots[i]; o != nil {
		return o, false
	}
	o = &object{address: p}
	t.slots[i] = o
	if t.taken++; 2*t.taken > len(t.slots) {
		old := t.slots
		t.slots = make([]*object, 2*len(old))
		for j := range old {
			if old[j] != nil {
				t.slots[t.slot(old[j].address)] = old[j]
			}
		}
	}
	return o, true
}

// object returns the object at p; nil for a nil channel.
//
//go:norace
func (s *schedule) object(p pointer) *object {
	if p == nil {
		return nil
	}
	o, _ := s.objects.find(p)
	return o
}
