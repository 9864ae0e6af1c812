package sched

import (
	"racelab/checker/labrt/wire"

	"github.com/petermattis/goid"
)

type state uint8

const (
	running state = iota // has the turn
	local                // waits for the turn to go on to its next operation: it was started or woken
	parked               // waits for the turn, before its next operation
	waiting              // waits, in the middle of an operation, to be let go on by another
	blocked              // is in a real operation that blocks
	dead
)

// maxObjects bounds the objects of one operation: the channels of a select. What
// is beyond it is taken to be independent, which only very wide ones are.
const maxObjects = 16

// maxSeen is how many values a goroutine is remembered to have read: as many
// variables can be polled in one loop without being taken for progress.
const maxSeen = 4

// A G is a goroutine of the program under test.
type G struct {
	index   int
	id      int64 // of the Go run-time; 0 until it has started
	state   state
	foreign bool // it was not started by instrumented code
	early   bool // it was started by package initialisation: it may live as long as the program
	by      *G   // … but this one has handed its function to other code,
	key     int  // as the key-th; see enqueueForeign
	resume  chan struct{}
	prev    *G
	next    *G

	// its next operation, or the one in which it is blocked
	op      wire.Op
	class   wire.Class
	objects [maxObjects]*object
	nobject int
	cases   int
	choice  int // the case to be tried first
	granted bool
	waiter  *G // the next one that waits for the same object

	steps       int
	overtaken   int  // steps that others have taken when it could have
	spin        int  // operations in vain, one after the other
	yielded     bool // the latest was a Gosched
	shortSleeps int  // very short timers that it has set
	clockReads  int  // at the clock, since its latest operation
	seen        [maxSeen]observation
	nextSeen    int
	priority    uint64
	at          *event // with Detail, its next operation, or the latest
	started     *event // with Detail, where it was started
}

// current returns the schedule and the goroutine of the caller, which has the
// turn. Natively, the schedule is nil.
//
//go:norace
func current() (*schedule, *G) {
	s := active
	if s == nil {
		if exploring {
			release() // see stranger
		}
		return nil, nil
	}
	id := goid.Get()
	if g := s.turn; g != nil && g.id == id {
		return s, g
	}
	return s, s.arrive(id, nil, 0)
}

// arrive gives the turn to a goroutine that comes without: it was woken in code
// that is not instrumented, or started by it; see enqueueForeign.
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

// wake makes g wait for the turn to go on.
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

// add makes a goroutine known, s.mu being held or nobody else being there.
//
//go:norace
func (s *schedule) add(parent *G) *G {
	g := &G{resume: make(chan struct{}, 1)}
	s.enlist(g, parent)
	return g
}

// enlist gives g its place among the goroutines.
//
//go:norace
func (s *schedule) enlist(g, parent *G) {
	g.early = s.initialising
	g.index, g.state = s.count, local
	s.count++
	if s.first == nil {
		s.first = g
	} else {
		s.last.next, g.prev = g, s.last
	}
	s.last = g
	if s.count > len(s.ready) {
		s.ready = make([]*G, 2*s.count+14) // nothing in it needs to be kept
	}
	from := 0
	if parent != nil {
		from = parent.index + 1
	}
	s.trace.spawn(from)
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
	s.mu.Lock()
	g := s.add(parent)
	if s.job.Detail {
		m := s.note(parent, wire.OpGo, nil)
		m.other = g.index
		g.started = m
	}
	s.mu.Unlock()
	show()
	return g
}

// A stranger is a goroutine that was started when no schedule was running: by the
// package initialisation that the process began with. Each schedule has its own; a
// stranger that meets one waits for ever.
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
		select {} // nobody has waited for it so far
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

// Enter is the first thing that a goroutine does. It waits for its turn and
// returns g, for Exit.
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

// Exit is deferred by every goroutine. It passes the turn on. A panic, which
// natively would end the program, ends the schedule.
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
	if s.turn != g { // a real operation that blocked has panicked
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

// passOn gives the turn to the next, if that can be told without the root.
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
