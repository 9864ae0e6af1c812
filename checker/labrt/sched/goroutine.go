package sched

import (
	"time"

	"racelab/checker/labrt/wire"

	"github.com/petermattis/goid"
)

type state uint8

const (
	running state = iota // has the turn
	local                // was started or woken; waits for the turn to run up to its next operation
	parked               // at a yield point: waits for the turn to do its next operation
	waiting              // in a modelled operation that blocks; another goroutine grants it
	blocked              // in a real operation that blocks, or may block
	dead
)

// maxObjects bounds the objects of one operation: the channels of a select. A
// select on more channels is treated as independent of the rest.
const maxObjects = 16

// maxSeen is how many values are remembered that a goroutine has read. A loop may
// poll that many variables and still be recognised as spinning.
const maxSeen = 4

// A G is a goroutine of the program under test.
type G struct {
	index   int
	id      int64 // of the Go run-time; 0 until it has started
	site    int   // of the go statement; 0 where it is not known
	state   state
	foreign bool // not started by instrumented code
	early   bool // package initialisation started it: it may live as long as the program
	by      *G   // foreign: the goroutine that handed over its function, if known …
	key     int  // … and the key of that call; see enqueueForeign
	resume  chan struct{}
	prev    *G
	next    *G

	// The next operation, or the one in which it is blocked.
	op      wire.Op
	class   wire.Class
	objects [maxObjects]*object
	nobject int
	cases   int
	choice  int // the case that a select tries first
	granted bool
	nudge   chan struct{} // makes it leave a select in which it is blocked; see loosen
	tied    bool          // it has left it
	waiter  *G            // the next goroutine in the queue of the same object

	steps       int
	overtaken   int           // steps of others while it was a candidate, since its own latest step
	spin        int           // consecutive operations without effect
	settles     time.Time     // when half of the time has passed after which it looks what has happened
	enough      chan struct{} // closed when that takes others too many steps …
	restsFrom   int           // … since then
	expects     int           // under Starve, how often the object of its next operation had changed when g last looked …
	tried       *object       // … and that object, if the operation is a try
	needs       int           // … how often that must have changed since …
	again       bool          // its next operation is to read something again …
	looks       [maxSeen]look // … that it has read …
	nextLook    int
	latestLook  *object       // … and something else since
	yielded     bool          // its latest operation was a Gosched
	shortSleeps int           // very short timers that it has set
	sleeps      time.Duration // for how long its latest timer was set …
	slept       time.Duration // … and all before it that were set for as long, together
	clockReads  int           // since its latest yield point
	calling     place         // where it latest called code that is not instrumented …
	inside      inside        // … and the locks in what it called
	kin         uint64        // tells it apart from others, in each schedule in the same way …
	children    uint64        // … with the number of goroutines that it has started
	draws       uint64        // random numbers
	named       uint64        // objects that it was the first to ask the Number of
	timers      uint64        // that it has set; see late
	seen        [maxSeen]observation
	nextSeen    int
	priority    uint64
	at          *event // with Detail, its next operation or its latest one
	started     *event // with Detail, where it was started
}

// current returns the running schedule and the calling goroutine, which has the
// turn when current returns. Natively the schedule is nil.
//
//go:norace
func current() (*schedule, *G) {
	s := active
	if s == nil {
		if exploring {
			release() // the caller may be a stranger
		}
		return nil, nil
	}
	id := goid.Get()
	if g := s.turn; g != nil && g.id == id {
		return s, g
	}
	return s, s.arrive(id, nil, 0)
}

// arrive waits for the turn on behalf of a goroutine that runs without it: code
// that is not instrumented has woken it or started it. For by and key see
// enqueueForeign.
//
//go:norace
func (s *schedule) arrive(id int64, by *G, key int) *G {
	hide()
	defer show()
	s.mu.Lock()
	g := s.first
	for g != nil && g.id != id {
		g = g.next
	}
	if g == nil && isStranger(id) {
		s.mu.Unlock()
		select {}
	}
	if g == nil {
		g = s.enqueueForeign(id, by, key)
	} else if g.state == blocked {
		s.countBlocked(g, -1)
	}
	s.wake(g)
	s.mu.Unlock()
	s.await(g)
	return g
}

// wake makes g wait for the turn.
//
//go:norace
func (s *schedule) wake(g *G) {
	g.state = local
	if s.idle {
		s.idle = false
		s.woken <- struct{}{}
	}
}

// await waits for the turn.
//
//go:norace
func (s *schedule) await(g *G) {
	show()
	release()
	hide()
	<-g.resume
}

// add makes a new goroutine known. s.mu is held, or nothing else runs yet.
//
//go:norace
func (s *schedule) add(parent *G, site int) *G {
	g := &G{site: site, resume: make(chan struct{}, 1)}
	s.enlist(g, parent)
	return g
}

// enlist gives g its index and appends it to the list of goroutines.
//
//go:norace
func (s *schedule) enlist(g, parent *G) {
	g.early = s.initialising
	g.descend(parent)
	g.index, g.state = s.count, local
	s.count++
	if s.first == nil {
		s.first = g
	} else {
		s.last.next, g.prev = g, s.last
	}
	s.last = g
	if s.count >= len(s.ready) { // the clock may be one more
		s.ready = make([]*G, 2*s.count+14) // its content is stale anyway
	}
	from := 0
	if parent != nil {
		from = parent.index + 1
	}
	s.trace.spawn(from, g.site)
	s.chooser.started(g)
}

// remove takes g, which has ended, off the list.
//
//go:norace
func (s *schedule) remove(g *G) {
	g.state = dead
	if g.prev != nil {
		g.prev.next = g.next
	} else {
		s.first = g.next
	}
	if g.next != nil {
		g.next.prev = g.prev
	} else {
		s.last = g.prev
	}
}

// Spawn is called directly before a go statement. Natively it returns nil.
//
//go:norace
func Spawn() *G {
	s, parent := current()
	if s == nil {
		return nil
	}
	return s.spawn(parent)
}

//go:norace
func (s *schedule) spawn(parent *G) *G {
	hide()
	site := callSite()
	s.mu.Lock()
	g := s.add(parent, site)
	if s.job.Detail {
		m := s.note(parent, wire.OpGo, nil)
		m.other = g.index
		g.started = m
	}
	s.mu.Unlock()
	show()
	return g
}

// A stranger is a goroutine that was started while no schedule was running: by the
// process's own package initialisation. Each schedule initialises the packages
// again and starts its own such goroutines; a stranger that reaches a yield point
// during a schedule blocks for ever.
type stranger struct {
	id   int64
	next *stranger
}

var strangers *stranger

// begun is set when the first schedule begins.
var begun bool

//go:norace
func meetStranger() {
	if begun {
		select {} // nothing waits for it
	}
	strangers = &stranger{goid.Get(), strangers}
}

//go:norace
func isStranger(id int64) bool {
	for s := strangers; s != nil; s = s.next {
		if s.id == id {
			return true
		}
	}
	return false
}

// Enter is the first call of a new goroutine. It waits for the turn and returns g,
// for Exit.
//
//go:norace
func Enter(g *G) *G {
	if g == nil {
		if exploring {
			meetStranger()
		}
		return nil
	}
	g.id = goid.Get()
	s := active
	if s == nil {
		return nil
	}
	hide()
	s.await(g)
	show()
	return g
}

// Exit is deferred by every goroutine and passes the turn on. A panic, which would
// end the program natively, ends the schedule.
//
//go:norace
func Exit(g *G) {
	if g == nil {
		return
	}
	s := active
	if s == nil {
		return
	}
	release()
	value := recover()
	if s.turn != g { // it panicked in a real operation that had blocked
		s.arrive(g.id, nil, 0)
	}
	if value != nil {
		s.panicked(g, describe(value))
	}
	hide()
	s.mu.Lock()
	if s.job.Detail {
		s.note(g, wire.OpEnd, nil)
	}
	s.remove(g)
	s.passOn()
	s.mu.Unlock()
	show()
}

// passOn gives the turn to the next goroutine, unless only the root can choose it.
//
//go:norace
func (s *schedule) passOn() {
	s.turn = nil
	if s.unsettled {
		return
	}
	if next := s.pick(); next != nil {
		s.give(next)
	}
}

// Native reports whether the program runs without the scheduler.
func Native() bool { return !exploring }
